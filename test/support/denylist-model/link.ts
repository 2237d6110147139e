import type { Process } from './process.js';
import type { World } from './world.js';

/** What a message may meet with on its way. */
export interface Conditions {
  /** How often a message is slow, and by how many milliseconds at most. */
  readonly slow: number;
  readonly slowest: number;
  /** Which messages may be slow or lost; undefined: all. */
  readonly only?: string;
  /** How often a message never arrives. */
  readonly lost: number;
  /** How often the node's process is paused at the very moment of sending: before it has sent, or just after. */
  readonly pauses: number;
}

/** The way between one node and one store. */
export class Link {
  private cutUntil = 0;
  calm = false;

  constructor(
    private readonly world: World,
    private readonly process: Process,
    private readonly conditions: Conditions,
    private readonly pauseFor: () => void,
  ) {}

  get isCut(): boolean {
    return this.world.now < this.cutUntil;
  }

  cut(ms: number): void {
    this.cutUntil = Math.max(this.cutUntil, this.world.now + ms);
  }

  heal(): void {
    this.cutUntil = 0;
    this.calm = true;
  }

  latency(about?: string): number {
    const { random } = this.world;
    const { slow, slowest } = this.conditions;
    const usual = 0.1 + random.next();
    return this.troubles(about) && random.chance(slow) ? usual + random.next() * slowest : usual;
  }

  /** Sends, where the process is not stopped just before or after. */
  leaves(send: () => void): void {
    const { random } = this.world;
    if (this.calm || !random.chance(this.conditions.pauses)) return send();
    if (random.chance(0.5)) {
      this.pauseFor();
      this.process.receives(0, send);
    } else {
      send();
      this.pauseFor();
    }
  }

  /**
   * How long a message that is sent now takes; undefined where it never arrives. What meets a cut may wait for its end,
   * as TCP sends again.
   */
  travel(about?: string): number | undefined {
    const { random, now } = this.world;
    if (this.troubles(about) && random.chance(this.conditions.lost)) return undefined;
    if (!this.isCut) return this.latency(about);
    return random.chance(0.5) ? this.cutUntil - now + this.latency(about) : undefined;
  }

  private troubles(about: string | undefined): boolean {
    const { only } = this.conditions;
    return !this.calm && (only === undefined || only === about);
  }
}
