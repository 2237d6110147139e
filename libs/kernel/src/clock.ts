import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The time, injected, so that an expiry test turns a clock instead of sleeping. SQL uses the database's clock plus
 * `offsetMs`, which is zero in production, so that both sides turn together.
 */
export abstract class Clock {
  /** Milliseconds to add to the real time. */
  abstract readonly offsetMs: number;

  /**
   * The lowest offset that this clock may have from now on. What refuses tokens may be forgotten when they have expired
   * by that: a clock that is turned back makes an expired token live again, and a revoked one must not.
   */
  get lowestOffsetMs(): number {
    return this.offsetMs;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.offsetMs;
  }

  /** Settles `ms` milliseconds from now. A test may hold it instead. */
  async wait(ms: number): Promise<void> {
    await sleep(ms);
  }
}

export class SystemClock extends Clock {
  readonly offsetMs = 0;
}
