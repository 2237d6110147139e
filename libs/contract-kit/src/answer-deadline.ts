import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AuthError } from '@gatehouse/kernel';
import { toAuthError } from './error-answer.js';

/**
 * A request that has been read is answered within this, whatever its handler waits for: no answer is slower than 5 s,
 * and the rest of those is for the network and for a process that is busy. Long enough for an acknowledgement that has
 * to wait until every node knows a revocation (3.5 s).
 */
const ANSWER_MS = 4_500;
/** What it waits for may be back by then. */
const RETRY_AFTER_S = 2;

type Refuse = (error: AuthError, request: FastifyRequest, reply: FastifyReply) => void;

/** What a handler came to when nobody waited for it any more: `answered`, or the code of its refusal. */
interface LateOutcome {
  readonly outcome: string;
  readonly cause?: unknown;
}

const TIMER = Symbol('timer');
const REPORT = Symbol('report');
type Timed = FastifyReply & { [TIMER]?: NodeJS.Timeout; [REPORT]?: (outcome: LateOutcome) => void };

const logger = new Logger('AnswerDeadline');

/**
 * Refuses (`unavailable`, 503 with `Retry-After`) what its handler has not answered in time. The handler goes on: what it
 * does takes effect or not, as with an answer that was lost on its way, and what it answers goes to the log alone.
 *
 * Fastify has a `handlerTimeout` of its own, but that counts from the first byte, so that a slow upload would be refused,
 * and the late outcome vanishes. A timer for each request costs 0.2 µs, since Node keeps those of one duration in a list;
 * a sweep over a Map or Set of all running requests took 3 µs.
 * @param refuse formats and sends the refusal
 */
export function installAnswerDeadline(fastify: FastifyInstance, refuse: Refuse): void {
  fastify.decorateReply(TIMER, undefined);
  // The first hook after the body: how long a client takes to send that is bounded by Node's requestTimeout.
  fastify.addHook('preValidation', (request, reply, done) => {
    (reply as Timed)[TIMER] = setTimeout(expire, ANSWER_MS, refuse, request, reply);
    done();
  });
  fastify.addHook('onResponse', (_request, reply, done) => {
    clearTimeout((reply as Timed)[TIMER]);
    done();
  });
}

/** What was thrown for a request that had been refused here goes to the log; for any other, nothing happens. */
export function reportLateError(exception: unknown, reply: FastifyReply): void {
  const { code, cause } = toAuthError(exception);
  const ours = code === 'internal' || code === 'unavailable';
  (reply as Timed)[REPORT]?.(ours ? { outcome: code, cause } : { outcome: code });
}

function expire(refuse: Refuse, request: FastifyRequest, reply: Timed): void {
  // An answer that has begun is one; a client that has gone wants none.
  if (reply.sent || reply.raw.headersSent || reply.raw.destroyed) return;
  const expired = performance.now();
  const cause = new Error(`no answer after ${ANSWER_MS} ms`);
  refuse(new AuthError('unavailable', { retryAfter: RETRY_AFTER_S, cause }), request, reply);
  reply[REPORT] = (late) => {
    delete reply[REPORT];
    const entry = {
      event: 'late_outcome',
      requestId: request.id,
      route: request.routeOptions.url,
      ms: Math.round(ANSWER_MS + performance.now() - expired),
      ...late,
    };
    if (late.outcome === 'internal') logger.error(entry);
    else logger.warn(entry);
  };
  reply.send = () => {
    reply[REPORT]?.({ outcome: 'answered' });
    return reply;
  };
}
