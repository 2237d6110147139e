import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { AuthError, Clock, KeyRing, type UserId } from '@gatehouse/kernel';
import { Database, type Runner, Sweeps } from '@gatehouse/database';
import { networkOf } from './network.js';
import * as sql from './login-guard.sql.js';

/** One account, or one name that no account has, tried from one network. */
export interface GuessTarget {
  readonly identifier: string;
  readonly network: string;
}

/** Networks that are kept of one account; the least recently used ones go. */
export const KNOWN_NETWORKS = 50;

/** How old a note may be before a login writes it anew. */
const NOTE_MS = 86_400_000;

/**
 * Counts wrong passwords and locks: a pair of account and network, and, after many more failures from anywhere, the
 * account on all networks but those from which it has registered or logged in (docs/guessing.md). A name that no account
 * has is counted exactly like one that an account has, or the lock would tell them apart.
 */
@Injectable()
export class LoginGuard implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.sweeps.add({ name: 'login_failures', removeSome: (limit) => this.sweepExpired(limit) });
  }

  /** @param account the account's id, or the normalised name where there is none */
  target(account: UserId | string, ip: string): GuessTarget {
    const identifier =
      typeof account === 'number'
        ? identifierOf(account)
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
    const { network, account } = this.config.lockout;
    const values = [...this.values(target), network.duration, account.duration];
    for (;;) {
      const [counted] = await this.database.run<{ locks: boolean }>(sql.recordFailure, values);
      if (counted) return counted.locks;
      // Still open here: the lock ended, or was lifted, in between.
      await this.assertOpen(target);
    }
  }

  /**
   * A right password clears this target's own count. One that arrives after the limit was reached is refused all the
   * same: throws AuthError `account_locked`.
   * @param logsIn whether a login follows, which makes the network one that the account is known to use
   */
  async recordSuccess(target: GuessTarget, logsIn: boolean): Promise<void> {
    const fresh = Math.min(NOTE_MS, this.config.lockout.knownNetworkTtl / 2);
    const values = [...this.values(target), logsIn, fresh, KNOWN_NETWORKS];
    this.refuseIfLocked(await this.database.run<sql.LockRow>(sql.recordSuccess, values));
  }

  /** Notes where a new account was registered, in the transaction that makes it. */
  async noteRegistration(runner: Runner, account: UserId, ip: string): Promise<void> {
    await runner.run(sql.noteFirstNetwork, [identifierOf(account), networkOf(ip), this.clock.offsetMs]);
  }

  /** Lifts every lock of the account: its owner proved control of the address. */
  async clear(runner: Runner, account: UserId): Promise<void> {
    await runner.run(sql.clear, [identifierOf(account)]);
  }

  /**
   * Removes counts whose window is over and networks that are known no longer: rows that nothing looks at any more.
   * Any number of nodes may do so at once.
   * @param limit rows of each kind at the most; @returns how many were removed
   */
  async sweepExpired(limit: number): Promise<number> {
    const { knownNetworkTtl } = this.config.lockout;
    const failures = await this.database.run(sql.sweepFailures, [limit, this.clock.offsetMs]);
    const networks = await this.database.run(sql.sweepNetworks, [
      limit,
      this.clock.offsetMs,
      knownNetworkTtl,
    ]);
    return failures.length + networks.length;
  }

  private values({ identifier, network }: GuessTarget): unknown[] {
    const { network: pair, account, knownNetworkTtl } = this.config.lockout;
    return [identifier, network, pair.attempts, account.attempts, this.clock.offsetMs, knownNetworkTtl];
  }

  private refuseIfLocked([row]: readonly sql.LockRow[]): void {
    if (row) throw new AuthError('account_locked', { retryAfter: Math.max(1, row.seconds) });
  }
}

const identifierOf = (account: UserId): string => `account:${account}`;
