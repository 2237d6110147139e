import type { Happening, World } from './world.js';

/** How a pause was brought about: SIGSTOP lets all clocks run on; a suspended machine's monotonic clock stands still. */
export type Pause = 'stopped' | 'suspended';

/**
 * The process of one node: when its code runs, and which time it sees. Its clocks are a little fast or slow. A paused
 * one runs nothing, and finds all that was due when it goes on; a dead one runs nothing any more.
 */
export class Process {
  private alive = true;
  private resumesAt = 0;
  /** The suspension that goes on; its end is `resumesAt`. */
  private suspendedAt: number | undefined;
  private suspendedBefore = 0;
  /** By how much somebody has set the wall clock. */
  private wallSet = 0;

  /** @param rate how many milliseconds of its clocks are one real one */
  constructor(
    readonly name: string,
    private readonly world: World,
    private readonly rate: number,
  ) {}

  get isAlive(): boolean {
    return this.alive;
  }

  get isPaused(): boolean {
    return this.world.now < this.resumesAt;
  }

  monotonic(): number {
    const { now } = this.world;
    if (this.suspendedAt !== undefined && now >= this.resumesAt) {
      this.suspendedBefore += this.resumesAt - this.suspendedAt;
      this.suspendedAt = undefined;
    }
    return ((this.suspendedAt ?? now) - this.suspendedBefore) * this.rate;
  }

  wall(): number {
    return 1e12 + this.world.now * this.rate + this.wallSet;
  }

  /** Not on a machine that is suspended as well: set back by just that long, its clocks would hide the suspension. */
  setWall(by: number): void {
    if (this.suspendedBefore === 0 && this.suspendedAt === undefined) this.wallSet += by;
  }

  /** From the end of this turn on; a pause that goes on is not made longer. */
  pause(ms: number, kind: Pause): void {
    if (this.isPaused || !this.alive) return;
    this.monotonic();
    const suspended = kind === 'suspended' && this.wallSet === 0;
    if (suspended) this.suspendedAt = this.world.now;
    this.resumesAt = this.world.now + ms;
    this.world.note(() => `${this.name}: ${suspended ? 'suspended' : 'stopped'} for ${ms.toFixed(0)} ms`);
  }

  kill(): void {
    this.alive = false;
  }

  /** Runs `what` in `ms` real milliseconds, when something arrives from outside. */
  receives(ms: number, what: () => void): void {
    this.world.after(ms, () => this.runs(what), true);
  }

  /**
   * Runs `what` when `ms` have gone by its own monotonic clock; gives what cancels that.
   * @param lenient whether everything that has arrived meanwhile is looked at before
   */
  timer(ms: number, what: () => void, lenient = false): () => void {
    const due = this.monotonic() + ms;
    const slack = lenient ? 0.2 : this.world.random.next() * 0.1;
    let planned: Happening;
    const ring = (): void => {
      const late = this.resumesAt - this.world.now;
      const left = due - this.monotonic();
      if (!this.alive) return;
      if (late > 0) planned = this.world.after(late + slack, ring, true);
      else if (left > 0) planned = this.world.after(left / this.rate + 1e-6, ring, true);
      else what();
    };
    planned = this.world.after(ms / this.rate, ring, true);
    return () => void (planned.what = undefined);
  }

  private runs(what: () => void): void {
    if (!this.alive) return;
    const late = this.resumesAt - this.world.now;
    if (late > 0) this.world.after(late, () => this.runs(what), true);
    else what();
  }
}
