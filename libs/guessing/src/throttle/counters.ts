import type { RateLimit } from '@gatehouse/config';

/** One limit, and the counter that it is held against. */
export interface Counted extends RateLimit {
  readonly key: string;
}

/** Which limit was reached, and when all that are reached will have room again. */
export interface Refused {
  /** The place in what was asked of the limit whose window ends last. */
  readonly index: number;
  /** Whole seconds, at least 1. */
  readonly seconds: number;
}

/**
 * What every store of counters does, in one round trip and at one moment: where each limit has room the request is
 * counted against all of them; where one has none it is counted against none, so that a refused request neither
 * prolongs its own wait nor takes somebody else's room. A window begins with its first request.
 */
export type Take = (limits: readonly Counted[]) => Promise<Refused | undefined>;
