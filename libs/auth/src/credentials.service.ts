import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { AuthError } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import { LoginGuard } from '@gatehouse/guessing';
import type { Device } from '@gatehouse/sessions';
import { loginKey, PasswordHasher, type User, Users } from '@gatehouse/users';

/** What a login is asked with: a username or e-mail address, and a password. */
export interface LoginCredentials {
  readonly login: string;
  readonly password: string;
}

/** The one place where a password is held against an account, whichever path asks. */
@Injectable()
export class Credentials {
  constructor(
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly guard: LoginGuard,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The account that these credentials name. An unknown name costs the same work and is counted in the same way.
   * Throws AuthError `credentials_invalid`, `account_locked`, and, after the right password alone,
   * `account_blocked` or `email_unverified`.
   */
  async verify({ login, password }: LoginCredentials, device: Device): Promise<User> {
    const user = await this.users.findByLogin(login);
    const target = this.guard.target(user?.id ?? loginKey(login).key, device.ip);
    await this.guard.assertOpen(target);
    if (!user || !(await this.matches(user, password))) {
      if (!user) await this.hasher.checkNobody(password);
      throw new AuthError('credentials_invalid', { locks: await this.guard.recordFailure(target) });
    }
    await this.guard.recordSuccess(target);
    if (user.status === 'BLOCKED') throw new AuthError('account_blocked');
    if (this.config.accounts.requireVerifiedEmail && !user.emailVerifiedAt)
      throw new AuthError('email_unverified');
    return user;
  }

  /**
   * Holds the current password of a logged-in account; wrong ones count like those at login.
   * Throws AuthError `current_password_wrong` or `account_locked`.
   */
  async verifyCurrent(user: User, password: string, device: Device): Promise<void> {
    const target = this.guard.target(user.id, device.ip);
    await this.guard.assertOpen(target);
    if (!(await this.matches(user, password))) {
      throw new AuthError('current_password_wrong', { locks: await this.guard.recordFailure(target) });
    }
    await this.guard.recordSuccess(target);
  }

  private async matches(user: User, password: string): Promise<boolean> {
    const { matches, stale } = await this.hasher.check(password, user.passwordHash);
    if (stale) await this.users.rehash(this.database, user, await this.hasher.hash(password));
    return matches;
  }
}
