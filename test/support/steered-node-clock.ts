import type { NodeClock } from '../../libs/tokens/src/denylist/node-clock.js';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A node's clock that moves when a test says so. */
export class SteeredNodeClock implements NodeClock {
  private time = 1_000;
  private wallAhead = 1_800_000_000_000;
  private readonly sleepers = new Set<Sleeper>();

  monotonic(): number {
    return this.time;
  }

  wall(): number {
    return this.time + this.wallAhead;
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        until: this.time + ms,
        wake: () => {
          this.sleepers.delete(sleeper);
          resolve();
        },
      };
      this.sleepers.add(sleeper);
      signal?.addEventListener('abort', sleeper.wake, { once: true });
    });
  }

  /** How many wait. */
  get waiting(): number {
    return this.sleepers.size;
  }

  /** Lets time go by; what was waited for has happened when it settles. */
  async advance(ms: number): Promise<void> {
    this.time += ms;
    for (const sleeper of [...this.sleepers]) if (sleeper.until <= this.time) sleeper.wake();
    await settled();
  }

  /** The wall clock alone goes on: the machine was suspended, or its clock was set. */
  jumpWall(ms: number): void {
    this.wallAhead += ms;
  }
}

/** Some turns of the event loop: whatever waits for nothing else has been done. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
}
