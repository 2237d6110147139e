import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How a node measures its own waiting. Milliseconds; only differences mean anything. Never the event loop's cached
 * time: a pause must show at the next look at the clock.
 */
export abstract class NodeClock {
  /** Grows evenly, whatever is done to the wall clock; stands still while the machine is suspended. */
  abstract monotonic(): number;
  /** Counts suspension, and jumps where somebody sets it. */
  abstract wall(): number;
  /** Settles when `ms` have gone by the monotonic clock, or at once when `signal` is aborted. */
  abstract wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export class SystemNodeClock extends NodeClock {
  monotonic(): number {
    return performance.now();
  }

  wall(): number {
    return Date.now();
  }

  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    const until = this.monotonic() + ms;
    // Timers may fire a little early.
    for (let left = ms; left > 0 && !signal?.aborted; left = until - this.monotonic()) {
      await sleep(Math.ceil(left), undefined, signal ? { signal } : {}).catch(() => undefined);
    }
  }
}
