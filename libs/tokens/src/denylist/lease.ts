import type { SessionId } from '@gatehouse/kernel';
import type { NodeClock } from './node-clock.js';

/** L: how long what a node read may be relied upon, from the instant before it asked. */
export const LEASE_MS = 3_000;
/** W: after this long every node has read what was committed before, or has no live lease. Greater than L. */
export const WAIT_MS = 3_500;
/** How far the two clocks may part before a lease is void: far more than they drift in L, and less than W - L. */
const APART_MS = 250;

/** What one statement, in one snapshot, said of the denylist: taken and replaced as one object. */
export interface Lease {
  /** Both clocks in the instant before the query was sent. */
  readonly start: number;
  readonly wallStart: number;
  /** The trusted server's id, or null. */
  readonly redisId: string | null;
  readonly epoch: string;
  /** Revocations that the trusted server may not hold yet: session → value. Empty where none is trusted. */
  readonly unpublished: ReadonlyMap<SessionId, UnpublishedRow>;
}

export interface UnpublishedRow {
  readonly value: string;
  readonly keepUntil: number;
}

/**
 * Whether a lease may be relied upon now. Where the wall clock and the monotonic one have moved apart, the machine was
 * suspended or its clock was set: then nobody knows how old it is.
 */
export function isLive({ start, wallStart }: Lease, clock: NodeClock): boolean {
  const age = clock.monotonic() - start;
  return age >= 0 && age < LEASE_MS && Math.abs(clock.wall() - wallStart - age) <= APART_MS;
}
