import type { Clock } from '@gatehouse/kernel';
import type { Report } from '../../../libs/tokens/src/denylist/report.js';
import type { SeededRandom } from '../seeded-random.js';
import type { Parts } from './parts.js';
import type { PostgresModel } from './postgres-model.js';
import type { Profile } from './profile.js';
import type { World } from './world.js';

/** What everything in a run can see of it. */
export interface Surroundings {
  readonly random: SeededRandom;
  readonly world: World;
  readonly profile: Profile;
  readonly parts: Parts;
  readonly postgres: PostgresModel;
  readonly clock: Clock;
  readonly report: Report & { policy(): void };
  /** No more faults. */
  readonly isCalm: boolean;
  /** How long something lasts that goes wrong. */
  span(): number;
}
