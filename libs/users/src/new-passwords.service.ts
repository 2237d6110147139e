import { Injectable } from '@nestjs/common';
import { AuthError } from '@gatehouse/kernel';
import { PasswordBlocklist } from './password-blocklist.js';
import { PasswordHasher } from './password-hasher.js';
import { isOwnName, normalisedPassword, type PasswordOwner } from './password-policy.js';
import type { User } from './user.entity.js';

/** A password that somebody chose, 8 to 128 characters long. */
export interface ChosenPassword {
  readonly password: string;
  /** What the request calls it, by which a refusal names it; default `password`. */
  readonly field?: string | undefined;
}

const COMMON = 'is one of the most common passwords: choose another one';
const OWN = 'must not be your own name, username or e-mail address: choose another one';
const CURRENT = 'must not be the current password: choose another one';

const refused = ({ field = 'password' }: ChosenPassword, reason: string): AuthError =>
  new AuthError('password_refused', { fields: [{ field, reason }] });

/**
 * The one door through which a password that somebody chose becomes a stored hash. Each method gives the hash and throws
 * AuthError `password_refused`, whose field says why, or `overloaded`.
 */
@Injectable()
export class NewPasswords {
  constructor(
    private readonly hasher: PasswordHasher,
    private readonly blocklist: PasswordBlocklist,
  ) {}

  /** For an account to be made. */
  async forNew(owner: PasswordOwner, chosen: ChosenPassword): Promise<string> {
    this.assertGood(owner, chosen);
    return this.hasher.hash(chosen.password);
  }

  /** In place of the account's password, which was proved to be `current`. */
  async insteadOf(current: string, user: User, chosen: ChosenPassword): Promise<string> {
    this.assertGood(user, chosen);
    if (normalisedPassword(current) === normalisedPassword(chosen.password)) throw refused(chosen, CURRENT);
    return this.hasher.hash(chosen.password);
  }

  /** In place of the account's password, which nobody has said. */
  async insteadOfStored(user: User, chosen: ChosenPassword): Promise<string> {
    this.assertGood(user, chosen);
    const { matches } = await this.hasher.check(chosen.password, user.passwordHash);
    if (matches) throw refused(chosen, CURRENT);
    return this.hasher.hash(chosen.password);
  }

  private assertGood(owner: PasswordOwner, chosen: ChosenPassword): void {
    if (this.blocklist.has(chosen.password)) throw refused(chosen, COMMON);
    if (isOwnName(chosen.password, owner)) throw refused(chosen, OWN);
  }
}
