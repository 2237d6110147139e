import { Inject, Injectable } from '@nestjs/common';
import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { CONFIG, type Argon2Cost, type Config } from '@gatehouse/config';
import { HashGate, type HashLoad } from './hash-gate.js';

/** `matches`, and `stale` where the stored hash was made with another cost than today's. */
export interface PasswordCheck {
  readonly matches: boolean;
  readonly stale: boolean;
}

/** `Algorithm.Argon2id`; the package's const enum cannot be named from isolated modules. */
const ARGON2ID = 2 as Algorithm;

/** NFC, so that a password typed on another keyboard is the same password (RFC 8265 §4.2.2). */
const normalised = (password: string): string => password.normalize('NFC');

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
    return this.gate.run(() => this.argon2id(normalised(password)));
  }

  /** Holds a password against a stored hash. */
  async check(password: string, stored: string): Promise<PasswordCheck> {
    const matches = await this.gate.run(() => verify(stored, normalised(password)));
    return { matches, stale: matches && !stored.startsWith(this.prefix) };
  }

  /** The same work as `check`, for an account that does not exist: the answer's time must not tell. */
  async checkNobody(password: string): Promise<void> {
    this.decoy ??= this.argon2id('no account has this password');
    await this.check(password, await this.decoy);
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
