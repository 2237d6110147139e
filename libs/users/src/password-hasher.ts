import { Inject, Injectable } from '@nestjs/common';
import { type Algorithm, hash } from '@node-rs/argon2';
import { CONFIG, type Argon2Cost, type Config } from '@gatehouse/config';
import type { Random } from '@gatehouse/kernel';
import { HashGate, type HashLoad } from './hash-gate.js';
import { UnreadableHash, verifyHash } from './password-hashes/index.js';
import { normalisedPassword } from './password-policy.js';

/** `matches`, and `stale` where the stored hash was made otherwise than one would be today. */
export interface PasswordCheck {
  readonly matches: boolean;
  readonly stale: boolean;
}

/** `Algorithm.Argon2id`; the package's const enum cannot be named from isolated modules. */
const ARGON2ID = 2 as Algorithm;

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

/** argon2id in PHC form, behind the gate. Every method may throw AuthError `overloaded`. */
@Injectable()
export class PasswordHasher {
  private readonly gate: HashGate;
  private readonly cost: Argon2Cost;
  private decoy: Promise<string> | undefined;

  constructor(@Inject(CONFIG) config: Config) {
    this.cost = config.passwordHash.cost;
    this.gate = new HashGate(config.passwordHash.concurrency, config.passwordHash.queue);
  }

  /** How busy this node is with hashes. */
  get load(): HashLoad {
    return this.gate.load;
  }

  /** A new hash of the password, with a salt of its own. */
  hash(password: string): Promise<string> {
    return this.gate.run(() => this.argon2id(normalisedPassword(password)));
  }

  /**
   * A hash that no password has, at today's cost: for an account that has none. A login is refused after the same work
   * as any other.
   */
  unusable(random: Random): string {
    return `${this.prefix}${base64(random.bytes(16))}$${base64(random.bytes(32))}`;
  }

  /**
   * Holds a password against a stored hash of any known format. One made elsewhere may be of the text as it was typed.
   * A hash that cannot be read has no password, and costs the same work.
   */
  check(password: string, stored: string): Promise<PasswordCheck> {
    return this.gate.run(async () => {
      const composed = normalisedPassword(password);
      if (await this.holds(stored, composed))
        return { matches: true, stale: !stored.startsWith(this.prefix) };
      const matches = composed !== password && (await this.holds(stored, password));
      return { matches, stale: matches };
    });
  }

  /** The same work as `check`, for an account that does not exist: the answer's time must not tell. */
  async checkNobody(password: string): Promise<void> {
    await this.check(password, await this.nobodys());
  }

  private async holds(stored: string, password: string): Promise<boolean> {
    try {
      return await verifyHash(stored, password);
    } catch (error) {
      if (!(error instanceof UnreadableHash)) throw error;
      await verifyHash(await this.nobodys(), password);
      return false;
    }
  }

  private nobodys(): Promise<string> {
    return (this.decoy ??= this.argon2id('no account has this password'));
  }

  private argon2id(password: string): Promise<string> {
    const { memoryKiB, passes, lanes } = this.cost;
    return hash(password, {
      algorithm: ARGON2ID,
      memoryCost: memoryKiB,
      timeCost: passes,
      parallelism: lanes,
    });
  }

  private get prefix(): string {
    const { memoryKiB, passes, lanes } = this.cost;
    return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$`;
  }
}
