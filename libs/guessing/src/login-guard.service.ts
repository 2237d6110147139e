import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { AuthError, Clock, KeyRing, type UserId } from '@gatehouse/kernel';
import { Database, type Runner } from '@gatehouse/database';
import { networkOf } from './network.js';
import * as sql from './login-guard.sql.js';

/** One account, or one name that no account has, tried from one network. */
export interface GuessTarget {
  readonly identifier: string;
  readonly network: string;
}

/**
 * Counts wrong passwords and locks (PROTOCOLS: guessing passwords). A name that no account has is counted exactly like
 * one that an account has, or the lock would tell them apart.
 */
@Injectable()
export class LoginGuard {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param account the account's id, or the normalised name where there is none */
  target(account: UserId | string, ip: string): GuessTarget {
    const identifier =
      typeof account === 'number'
        ? `account:${account}`
        : `name:${this.keys.hmac('login-identifiers', account).toString('base64url')}`;
    return { identifier, network: networkOf(ip) };
  }

  /** Throws AuthError `account_locked` while the target is locked. To be asked before any hash is computed. */
  async assertOpen(target: GuessTarget): Promise<void> {
    this.refuseIfLocked(await this.database.run<sql.LockRow>(sql.lockOf, this.values(target)));
  }

  /**
   * Counts a wrong password. Parallel tries all count, and none beyond the limit is told that it was wrong:
   * throws AuthError `account_locked` for those. Gives whether this one reached the limit: of each lock one does.
   */
  async recordFailure(target: GuessTarget): Promise<boolean> {
    const [counted] = await this.database.run<{ failures: number }>(sql.recordFailure, [
      ...this.values(target),
      this.config.lockout.duration,
    ]);
    if (!counted) await this.assertOpen(target);
    return counted?.failures === this.config.lockout.attempts;
  }

  /**
   * A right password clears this target's own count. One that arrives after the limit was reached is refused all the
   * same: throws AuthError `account_locked`.
   */
  async recordSuccess(target: GuessTarget): Promise<void> {
    this.refuseIfLocked(await this.database.run<sql.LockRow>(sql.recordSuccess, this.values(target)));
  }

  /** Lifts every lock of the account: its owner proved control of the address. */
  async clear(runner: Runner, account: UserId): Promise<void> {
    await runner.run(sql.clear, [`account:${account}`]);
  }

  private values({ identifier, network }: GuessTarget): unknown[] {
    return [identifier, network, this.config.lockout.attempts, this.clock.offsetMs];
  }

  private refuseIfLocked([row]: readonly sql.LockRow[]): void {
    if (row) throw new AuthError('account_locked', { retryAfter: Math.max(1, row.seconds) });
  }
}
