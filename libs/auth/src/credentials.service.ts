import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { AuthError, Clock, type ErrorCode } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import { type GuessTarget, LoginGuard } from '@gatehouse/guessing';
import type { Device } from '@gatehouse/sessions';
import { loginKey, PasswordHasher, type User, Users } from '@gatehouse/users';

/** What a login is asked with: a username or e-mail address, and a password. */
export interface LoginCredentials {
  readonly login: string;
  readonly password: string;
}

/** What may be told of a password that was held against an account: neither tells whether it was right. */
const FAILURES: readonly ErrorCode[] = ['credentials_invalid', 'current_password_wrong', 'account_locked'];

/** The one place where a password is held against an account, whichever path asks. */
@Injectable()
export class Credentials {
  constructor(
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly guard: LoginGuard,
    private readonly clock: Clock,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The account that these credentials name. An unknown name costs the same work and is counted in the same way.
   * Throws AuthError `credentials_invalid`, `account_locked`, and, after the right password alone,
   * `account_blocked` or `email_unverified`.
   */
  async verify({ login, password }: LoginCredentials, device: Device): Promise<User> {
    const since = this.clock.now();
    const user = await this.users.findByLogin(login);
    const target = this.guard.target(user?.id ?? loginKey(login).key, device.ip);
    // A locked try is answered at once, whoever is meant: it is neither hashed nor counted.
    await this.guard.assertOpen(target);
    return this.noEarlier(since, async () => {
      if (!user) {
        await this.hasher.checkNobody(password);
        return this.fail(target, 'credentials_invalid');
      }
      const refusal = this.refusalOf(user);
      await this.hold(user, password, {
        target,
        wrong: 'credentials_invalid',
        logsIn: refusal === undefined,
      });
      if (refusal) throw new AuthError(refusal);
      return user;
    });
  }

  /**
   * Holds the current password of a logged-in account; wrong ones count like those at login.
   * Throws AuthError `current_password_wrong` or `account_locked`.
   */
  async verifyCurrent(user: User, password: string, device: Device): Promise<void> {
    const since = this.clock.now();
    const target = this.guard.target(user.id, device.ip);
    await this.guard.assertOpen(target);
    await this.noEarlier(since, () =>
      this.hold(user, password, { target, wrong: 'current_password_wrong', logsIn: false }),
    );
  }

  /** Why the account may not log in although its password is right. */
  private refusalOf(user: User): ErrorCode | undefined {
    if (user.status === 'BLOCKED') return 'account_blocked';
    if (this.config.accounts.requireVerifiedEmail && !user.emailVerifiedAt) return 'email_unverified';
    return undefined;
  }

  private async hold(
    user: User,
    password: string,
    { target, wrong, logsIn }: { target: GuessTarget; wrong: ErrorCode; logsIn: boolean },
  ): Promise<void> {
    const { matches, stale } = await this.hasher.check(password, user.passwordHash);
    if (!matches) await this.fail(target, wrong);
    await this.guard.recordSuccess(target, logsIn);
    if (stale) await this.users.rehash(this.database, user, await this.hasher.hash(password));
  }

  private async fail(target: GuessTarget, code: ErrorCode): Promise<never> {
    throw new AuthError(code, { locks: await this.guard.recordFailure(target) });
  }

  /**
   * Lets a failure through no earlier than LOGIN_FAILURE_FLOOR after `since`, so that neither a stored hash that is
   * faster or slower than today's nor a right password under a lock shows. It is counted by then, and nothing is held
   * while it waits: no connection, no place among the hashes.
   */
  private async noEarlier<T>(since: number, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof AuthError && FAILURES.includes(error.code)) {
        const floor = this.config.lockout.failureFloor;
        // The wall clock may have been set meanwhile: never longer than the floor.
        const left = Math.min(floor, since + floor - this.clock.now());
        if (left > 0) await this.clock.wait(left);
      }
      throw error;
    }
  }
}
