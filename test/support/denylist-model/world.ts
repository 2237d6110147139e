import type { SeededRandom } from '../seeded-random.js';

export interface Happening {
  readonly at: number;
  readonly order: number;
  /** Undefined once it was called off. */
  what: (() => void) | undefined;
  /** Whether code of a node runs then, whose promises must settle before anything else happens. */
  readonly runsCode: boolean;
}

/**
 * Simulated time, in milliseconds, and what is still to happen in it. Everything follows from the seed of `random`, so
 * that the same seed gives the same run.
 */
export class World {
  now = 0;
  private readonly queue: Happening[] = [];
  private order = 0;
  private stopped = false;

  /** @param notes where a trace is kept; undefined: nobody reads it */
  constructor(
    readonly random: SeededRandom,
    private readonly notes?: string[],
  ) {}

  /** `what` happens in `ms` milliseconds; things of the same moment in the order in which they were planned. */
  after(ms: number, what: () => void, runsCode = false): Happening {
    const { queue } = this;
    const one: Happening = { at: this.now + Math.max(ms, 0), order: this.order++, what, runsCode };
    let place = queue.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (isBefore(queue[parent] as Happening, one)) break;
      queue[place] = queue[parent] as Happening;
      place = parent;
    }
    queue[place] = one;
    return one;
  }

  /** Lets time pass up to `end`. */
  async until(end: number): Promise<void> {
    for (let next = this.queue[0]; next && next.at <= end && !this.stopped; next = this.queue[0]) {
      this.removeFirst();
      if (!next.what) continue;
      this.now = next.at;
      next.what();
      if (next.runsCode) await turn();
    }
    if (!this.stopped) this.now = end;
  }

  /** Nothing more happens. */
  stop(): void {
    this.stopped = true;
  }

  note(text: () => string): void {
    this.notes?.push(`${this.now.toFixed(2).padStart(9)} ${text()}`);
  }

  private removeFirst(): void {
    const { queue } = this;
    const last = queue.pop() as Happening;
    if (queue.length === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= queue.length) break;
      if (child + 1 < queue.length && isBefore(queue[child + 1] as Happening, queue[child] as Happening))
        child++;
      if (!isBefore(queue[child] as Happening, last)) break;
      queue[place] = queue[child] as Happening;
      place = child;
    }
    queue[place] = last;
  }
}

const isBefore = (one: Happening, other: Happening): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** Two turns of the real event loop: promises settle, and so does what code had put off by `setImmediate`. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
