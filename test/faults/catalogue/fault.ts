import { setTimeout as pause } from 'node:timers/promises';
import type { Mark, NodeName } from '../log.js';
import type { Stage } from '../stage/stage.js';

export interface Fault {
  readonly name: string;
  /** The nodes that cannot do without what is gone: they may answer 503. */
  readonly mayRefuse: readonly NodeName[];
  /** What must be there before the load begins, such as a replica. */
  readonly prepare?: (stage: Stage) => Promise<void>;
  /** Makes the fault, under load, and resolves when its cause is gone. */
  readonly strike: (stage: Stage, mark: (what: Mark['what'], node?: NodeName) => void) => Promise<void>;
}

/** How long a fault lasts is part of what it is. */
export const lasting = (seconds: number): Promise<void> => pause(seconds * 1000);
