import { Injectable, Logger } from '@nestjs/common';
import { AuthError, fieldFault, type UserId } from '@gatehouse/kernel';
import { Database, type Transaction } from '@gatehouse/database';
import { Sessions } from '@gatehouse/sessions';
import { type Role, USERNAME, Users } from '@gatehouse/users';

/**
 * What an administrator does to an account. Each act is one transaction, may be repeated, and settles when every node
 * refuses the tokens that it kills, also where an earlier try was stored and died before it was told.
 * Each throws AuthError `user_not_found`.
 */
@Injectable()
export class AccountAdministration {
  private readonly logger = new Logger('AccountAdministration');

  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly sessions: Sessions,
  ) {}

  /** Ends every session; no login and no refresh that comes later, or meets this, gets through. */
  async block(id: UserId): Promise<void> {
    await this.database.transaction(async (transaction) => {
      if (!(await this.users.block(transaction, id))) throw new AuthError('user_not_found');
      await this.sessions.endAll(transaction, id, 'account_blocked');
    });
    this.report('account_blocked', id);
  }

  /** Makes the account what it was, ACTIVE or PENDING; ended sessions stay ended. */
  async unblock(id: UserId): Promise<void> {
    if (!(await this.users.unblock(this.database, id))) throw new AuthError('user_not_found');
    this.report('account_unblocked', id);
  }

  /** Access tokens that say otherwise die; their sessions live on, and a refresh gives one that tells the new role. */
  async setRole(id: UserId, role: Role): Promise<void> {
    await this.changeClaims(id, (transaction) => this.users.setRole(transaction, id, role));
    this.report('account_role_set', id);
  }

  /**
   * The same for the username, by the rules of registration.
   * Throws AuthError `username_taken`, or `validation_failed` where it is no username.
   */
  async rename(id: UserId, username: string): Promise<void> {
    if (!USERNAME.test(username.trim()))
      throw fieldFault('username', 'must be 3 to 50 letters, digits, or . _ -');
    await this.changeClaims(id, (transaction) => this.users.rename(transaction, id, username));
    this.report('account_renamed', id);
  }

  /** @param change holds the account's row and tells whether anything changed; undefined without such an account */
  private changeClaims(
    id: UserId,
    change: (transaction: Transaction) => Promise<boolean | undefined>,
  ): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const changed = await change(transaction);
      if (changed === undefined) throw new AuthError('user_not_found');
      // A statement of its own: only then does it see a session whose login held the account's row before.
      if (changed) await this.sessions.outdateAccessTokens(transaction, id);
      else await this.sessions.tellRevocations(transaction, id);
    });
  }

  private report(event: string, user: UserId): void {
    this.logger.log({ event, user });
  }
}
