import { ENDING_ACTS, type Request, WAIT_MS } from '../log.js';
import type { History } from './history.js';
import type { Violation } from './violation.js';

const SLOWEST_MS = 5_000;

const overlaps = ({ sentAt, endedAt }: Request, [from, to]: readonly [number, number]): boolean =>
  sentAt <= to && endedAt >= from;

/** When a node's process could not answer: killed, or stopped by a signal. */
const absences = (history: History, { node }: Request): readonly (readonly [number, number])[] => [
  ...history.spans('down', 'up', node),
  ...history.spans('paused', 'resumed', node),
];

/** A process that runs answers; one that is killed or stopped may leave alone what was sent before it was back. */
export function notAnswered(history: History): Violation[] {
  return history.requests.flatMap((request) => {
    if (request.outcome !== 'unanswered') return [];
    if (absences(history, request).some((span) => overlaps(request, span))) return [];
    return [
      {
        rule: 'no answer',
        what: `${request.act} by ${request.contract} on node ${request.node}, whose process was running (${request.failure})`,
        proof: [request],
      },
    ];
  });
}

/**
 * Whether an acknowledgement had to be waited for: what a moment without Redis costs, by a time-out on a busy machine as
 * well. Together with the act's own work that may be longer than an answer may take.
 */
const waited = ({ act, sentAt, endedAt }: Request): boolean =>
  ENDING_ACTS.includes(act) && endedAt - sentAt >= WAIT_MS;

/**
 * 503 is for nodes that the fault concerns, from its beginning until everything is back; and for whoever has waited for
 * an acknowledgement. That nodes are back where they need not wait is told by recovery.ts.
 */
export function unavailable(history: History): Violation[] {
  const { mayRefuse, recoveryLimit } = history.round;
  const [from = Infinity, over = Infinity] = [history.at('fault'), history.at('over')];
  const to = Math.min(history.at('recovered') ?? Infinity, over + recoveryLimit);
  return history.requests.flatMap((request) => {
    if (request.outcome !== 'unavailable' || waited(request)) return [];
    if (mayRefuse.includes(request.node) && overlaps(request, [from, to])) return [];
    return [
      {
        rule: 'unavailable',
        what: `${request.act} by ${request.contract} on node ${request.node}, answered ${moment(request.endedAt, from, over)}`,
        proof: [request],
      },
    ];
  });
}

const moment = (at: number, from: number, over: number): string => {
  if (at < from) return 'before the fault';
  const since = (start: number): string => `${((at - start) / 1000).toFixed(2)} s`;
  return at < over ? `${since(from)} into the fault` : `${since(over)} after its cause was gone`;
};

/** A stopped process is judged from the moment on at which it went on. */
export function slow(history: History): Violation[] {
  return history.requests.flatMap((request) => {
    if (history.spans('down', 'up', request.node).some((span) => overlaps(request, span))) return [];
    const resumed = history
      .spans('paused', 'resumed', request.node)
      .filter((span) => overlaps(request, span))
      .map(([, to]) => to);
    const took = request.endedAt - Math.max(request.sentAt, ...resumed);
    if (took <= SLOWEST_MS) return [];
    return [
      {
        rule: 'slower than 5 s',
        what: `${request.act} by ${request.contract} on node ${request.node} took ${(took / 1000).toFixed(2)} s`,
        proof: [request],
      },
    ];
  });
}

/** 503 says when to come back (RFC 9110 §15.6.4), and no other 5xx is ever due. */
export function broken(history: History): Violation[] {
  return history.requests.flatMap((request) => {
    const { outcome, status, retryAfter = '', act, contract, node } = request;
    const lacks = outcome === 'unavailable' && !/^[1-9]\d*$/.test(retryAfter);
    if (outcome !== 'failed' && !lacks) return [];
    const what = `${act} by ${contract} on node ${node} was answered ${status}${lacks ? ' without Retry-After' : ''}`;
    return [{ rule: 'broken answer', what, proof: [request] }];
  });
}
