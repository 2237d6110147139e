import type { SeededRandom } from '../seeded-random.js';
import type { FaultName } from './fault-names.js';
import type { Conditions } from './link.js';

/** What a run is made of. Each run has a mixture of its own: what is always there hides what it prevents. */
export interface Profile {
  /** For each node whether it has a REDIS_URL. */
  readonly redis: readonly boolean[];
  readonly faults: readonly FaultName[];
  /** Milliseconds between two faults, on average. */
  readonly faultEvery: number;
  /** How often an event of interest is followed by a fault, soon. */
  readonly hook: number;
  /** How often this event is followed by this fault. */
  readonly hooks: readonly Hook[];
  /** How often a node is stopped for seconds just before it sends this to PostgreSQL. */
  readonly stops: readonly { readonly before: string; readonly chance: number }[];
  readonly onRedis: Conditions;
  readonly onPostgres: Conditions;
  /** How often the server pauses between two commands of one batch. */
  readonly gap: number;
  readonly lostNotify: number;
  readonly locks: boolean;
  /** Whether the second server begins as a replica of the first. */
  readonly replica: boolean;
  /** Whether some nodes begin at the second server. */
  readonly split: boolean;
  /** For how long no server has memory for anything, in the beginning. */
  readonly full: number;
  /** Whether a server is trusted in the beginning that is gone for good. */
  readonly gone: boolean;
  readonly sessions: number;
  /** Milliseconds between two validations, on average. */
  readonly askEvery: number;
  /** How long the faults go on. */
  readonly lasts: number;
}

export interface Hook {
  readonly after: string;
  readonly fault: FaultName;
  readonly chance: number;
  /** Within how many milliseconds. */
  readonly within: number;
  /** It happens to another node than the one that gave cause. */
  readonly elsewhere?: true;
}

const FAULTS: readonly FaultName[] = [
  'flush',
  'restart-empty',
  'restart-older',
  'freeze-redis',
  'full',
  'replicate',
  'failover',
  'switchover',
  'demote',
  'new-replid',
  'move',
  'cut-redis',
  'cut-postgres',
  'restart-postgres',
  'freeze-postgres',
  'stop',
  'suspend',
  'crash',
  'set-wall',
  'lose-watch',
];

/** Some mixture; `focus` says what of it is not left to chance. */
export function profileOf(random: SeededRandom, focus: Partial<Profile> = {}): Profile {
  const faults = FAULTS.filter(() => random.chance(0.3));
  const conditions = (slowest: number): Conditions => ({
    slow: random.pick([0, 0.05, 0.2]),
    slowest: random.pick([100, slowest]),
    lost: random.pick([0, 0, 0.02]),
    pauses: random.pick([0, 0, 0.005, 0.02]),
  });
  return {
    redis: random.pick([
      [true, true],
      [true, true, true],
      [true, true, false],
      [true, false],
    ]),
    faults,
    faultEvery: random.pick([300, 1_000, 3_000]),
    hook: random.pick([0, 0.02, 0.1]),
    hooks: [],
    stops: [],
    onRedis: conditions(400),
    onPostgres: conditions(3_000),
    gap: random.pick([0, 0, 0.05]),
    lostNotify: random.pick([0, 0.3, 1]),
    locks: random.chance(0.7),
    replica: random.chance(0.3),
    split: random.chance(0.2),
    full: random.chance(0.1) ? random.next() * 4_000 : 0,
    gone: random.chance(0.1),
    sessions: random.pick([5, 10, 30]),
    askEvery: random.pick([30, 300, 3_000]),
    lasts: 12_000,
    ...focus,
  };
}
