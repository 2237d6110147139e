import type { Line, Mark, NodeName, Request, Round } from '../log.js';
import { judge } from './judge.js';

/** What a round is where a test does not say otherwise: Redis is gone, so no node has to refuse anything. */
export const ROUND: Round = {
  kind: 'round',
  fault: 'made by hand',
  mayRefuse: [],
  recoveryLimit: 8_000,
  grace: 2_000,
};

export const mark = (what: Mark['what'], at: number, node?: NodeName): Mark => ({
  kind: 'mark',
  what,
  at,
  node,
});

const STATUS = { accepted: 200, refused: 401, unavailable: 503, failed: 500, unanswered: null } as const;

/** @param span when it was sent and ended, in milliseconds */
export function request(
  act: Request['act'],
  span: readonly [sentAt: number, endedAt: number],
  facts: Partial<Request> = {},
): Request {
  const { outcome = 'accepted' } = facts;
  const [sentAt, endedAt] = span;
  return {
    ...{ kind: 'request', act, node: 'A', contract: 'token', account: 'ada', sentAt, endedAt },
    ...{ outcome, status: STATUS[outcome] },
    ...(outcome === 'unavailable' && { retryAfter: '2' }),
    ...(outcome === 'unanswered' && { failure: 'ECONNRESET' }),
    ...facts,
  };
}

/** What an answer holds that opens or refreshes a session. */
export const grant = (
  session: string,
  { generation = 1, rotates = true, replacesAccess = false } = {},
): Request['grant'] => ({
  session,
  generation,
  rotates,
  replacesAccess,
  token: `${session}.${generation}`,
  refreshToken: `${session}:${generation}`,
});

/** What a request presents that carries the access token of that generation. */
export const presenting = (session: string, generation = 1): Partial<Request> => ({
  session,
  generation,
  token: `${session}.${generation}`,
});

/** What a refresh presents. */
export const refreshing = (session: string, generation = 1): Partial<Request> => ({
  session,
  generation,
  refreshToken: `${session}:${generation}`,
});

/** Ada registers and has the session s from 10 ms on. */
export const OPENED = [
  request('register', [0, 5], { password: 1, status: 201 }),
  request('log-in', [6, 10], { password: 1, grant: grant('s') }),
];

/** The rules that a log breaks. */
export const broken = (...lines: readonly Line[]): string[] =>
  judge(lines.some(({ kind }) => kind === 'round') ? lines : [ROUND, ...lines]).map(({ rule }) => rule);
