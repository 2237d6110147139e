import type { Profile } from './profile.js';

const smooth = { slow: 0, slowest: 0, lost: 0, pauses: 0 };
const slow = (often: number, slowest: number): Profile['onRedis'] => ({ ...smooth, slow: often, slowest });

/** Few faults but those that are named, and much to revoke. */
const focused = {
  faultEvery: 3_000,
  hook: 0,
  onRedis: smooth,
  onPostgres: smooth,
  gap: 0,
  full: 0,
  gone: false,
  locks: true,
  sessions: 30,
} satisfies Partial<Profile>;

/**
 * What some mixtures are made to have: each leads where one of the rules matters, sooner than chance would. All are
 * played with the code as it is, too.
 */
export const SITUATIONS = {
  anything: {},
  /** Nodes come to another server, while some do not hear from PostgreSQL. */
  moved: {
    ...focused,
    redis: [true, true],
    faults: ['move'],
    hooks: [
      { after: 'denylist.distrust', fault: 'cut-postgres-long', chance: 0.8, within: 0, elsewhere: true },
    ],
    lostNotify: 0,
    replica: false,
  },
  /** The same, and who comes there is told late of it. */
  'moved, told late': {
    ...focused,
    redis: [true, true],
    faults: ['move'],
    hooks: [
      { after: 'denylist.distrust', fault: 'cut-postgres-long', chance: 0.8, within: 0, elsewhere: true },
    ],
    onPostgres: { ...slow(0.5, 4_000), lost: 0.3, only: 'denylist.look' },
    lostNotify: 0.5,
    replica: false,
  },
  /** Looks are slow, or fail for longer than a lease lives; one node has no Redis. */
  'slow looks': {
    ...focused,
    redis: [true, false],
    faults: ['cut-postgres'],
    hooks: [{ after: 'denylist.look', fault: 'cut-postgres-long', chance: 0.1, within: 1 }],
    onPostgres: slow(0.3, 4_000),
    lostNotify: 1,
  },
  /** Who revokes does not reach Redis. */
  'cut from Redis': {
    ...focused,
    redis: [true, true],
    faults: ['cut-redis', 'cut-postgres'],
    faultEvery: 1_000,
    hooks: [{ after: 'commit', fault: 'cut-redis', chance: 0.1, within: 3 }],
    onPostgres: slow(0.1, 2_500),
  },
  /** Whole machines are suspended while somebody revokes. */
  suspended: {
    ...focused,
    redis: [true, false],
    faults: ['suspend'],
    hooks: [{ after: 'commit', fault: 'suspend', chance: 0.1, within: 100 }],
  },
  /** A replica that lags is promoted, and the old master becomes its replica. */
  'failing over': {
    ...focused,
    redis: [true, true],
    faults: ['failover', 'replicate', 'move'],
    hooks: [],
    onRedis: slow(0.2, 150),
    gap: 0.2,
    replica: true,
    askEvery: 25,
  },
  /** The old master takes over the data of the promoted replica while it runs a batch. */
  'demoted within a batch': {
    ...focused,
    redis: [true, true],
    faults: ['replicate'],
    hooks: [{ after: 'gap', fault: 'switchover', chance: 0.02, within: 0 }],
    gap: 0.1,
    replica: true,
    askEvery: 25,
  },
  /** The server loses its data while nodes fill it, several at a time. */
  'emptied while filled': {
    ...focused,
    redis: [true, true, true],
    faults: ['new-replid', 'flush'],
    hooks: [
      { after: 'denylist.live-page', fault: 'flush', chance: 0.1, within: 3 },
      { after: 'denylist.live-page', fault: 'stop', chance: 0.2, within: 0 },
      { after: 'denylist.trust', fault: 'flush', chance: 0.4, within: 1_000 },
    ],
    onPostgres: slow(0.1, 500),
    lostNotify: 0.7,
    locks: false,
  },
  /** Two nodes fill two servers at a time. */
  split: {
    ...focused,
    redis: [true, true, false],
    faults: ['move'],
    hooks: [{ after: 'EVAL', fault: 'stop', chance: 0.02, within: 0 }],
    onPostgres: { ...slow(0.4, 4_000), only: 'denylist.trust' },
    lostNotify: 0.5,
    locks: false,
    replica: false,
    split: true,
  },
  /** Trust comes and goes before a node without Redis has seen it. */
  flapping: {
    ...focused,
    redis: [true, true, false],
    faults: ['move'],
    hooks: [{ after: 'denylist.trust', fault: 'move', chance: 0.5, within: 500 }],
    onPostgres: { ...slow(0.4, 2_500), only: 'denylist.look' },
    lostNotify: 0.5,
    replica: false,
    split: true,
  },
  /** A node at another server notices, but is not heard for a while. */
  'slow distrust': {
    ...focused,
    redis: [true, true, false],
    faults: ['move'],
    faultEvery: 2_000,
    onPostgres: { ...slow(0.5, 4_000), lost: 0.2, only: 'denylist.distrust' },
    lostNotify: 0.5,
    replica: false,
  },
  /** No server can be filled at first, so that the first revokes are acknowledged without one. */
  'late start': {
    ...focused,
    redis: [true, true],
    faults: [],
    full: 600,
    onRedis: slow(0.2, 200),
    onPostgres: slow(0.1, 200),
    lostNotify: 0,
    sessions: 40,
    askEvery: 20,
    lasts: 6_000,
  },
  /** Whoever revokes is stopped for long just before the commit. */
  'late commit': {
    ...focused,
    redis: [true, true],
    faults: [],
    hooks: [{ after: 'stop', fault: 'move', chance: 0.9, within: 500, elsewhere: true }],
    stops: [{ before: 'commit', chance: 0.02 }],
    lostNotify: 1,
    replica: false,
  },
  /** A service that has no Redis. */
  'no Redis': { ...focused, redis: [false, false], sessions: 10, lasts: 4_000 },
  /** A service that has lost its Redis, and is started again without. */
  'Redis gone': { ...focused, redis: [false, false], gone: true, sessions: 10, lasts: 4_000 },
} satisfies Record<string, Partial<Profile>>;

export type Situation = keyof typeof SITUATIONS;
