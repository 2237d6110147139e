import type { Facts } from './recorder.js';

/** An access token that somebody holds or held. */
export interface HeldToken {
  readonly value: string;
  readonly facts: Required<Pick<Facts, 'session' | 'generation' | 'token'>> & Pick<Facts, 'account'>;
}

const any = <T>(items: readonly T[]): T | undefined => items[Math.floor(Math.random() * items.length)];

/** The dead that are tried most: a race is lost soon or never. */
const FRESH = 30;

/** Every access token that the load has seen: whoever only tries tokens draws from here. */
export class TokenPool {
  private readonly living: HeldToken[] = [];
  private readonly dead: HeldToken[] = [];

  get all(): readonly HeldToken[] {
    return [...this.living, ...this.dead];
  }

  add(token: HeldToken): void {
    this.living.push(token);
  }

  /** These are not expected to be accepted any more. Gives those that were, until now. */
  bury(isMeant: (token: HeldToken) => boolean): HeldToken[] {
    const buried = this.living.filter(isMeant);
    if (buried.length === 0) return buried;
    this.dead.push(...buried);
    const left = this.living.filter((token) => !isMeant(token));
    this.living.splice(0, this.living.length, ...left);
    return buried;
  }

  /** One that may be alive, has died just now, or died long ago. */
  draw(): HeldToken | undefined {
    const lot = Math.random();
    if (lot < 0.4) return any(this.living) ?? any(this.dead);
    return any(lot < 0.75 ? this.dead.slice(-FRESH) : this.dead) ?? any(this.living);
  }
}
