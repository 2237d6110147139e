import { Injectable, Logger } from '@nestjs/common';
import { isEmail } from 'class-validator';
import { type Act, Audit, type AuditRecord, COMMAND_LINE } from '@gatehouse/audit';
import { AuthError, fieldFault, type UserId } from '@gatehouse/kernel';
import { Database, type Transaction } from '@gatehouse/database';
import { Sessions } from '@gatehouse/sessions';
import { type Role, USERNAME, Users } from '@gatehouse/users';
import { AddressReplacement } from './address-replacement.service.js';

/**
 * What an administrator does to an account. Each act is one transaction, may be repeated, and settles when every node
 * refuses the tokens that it kills, also where an earlier try was stored and died before it was told.
 * Each throws AuthError `user_not_found`. @param act as whose doing it is recorded
 */
@Injectable()
export class AccountAdministration {
  private readonly logger = new Logger('AccountAdministration');

  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly addresses: AddressReplacement,
  ) {}

  /** Ends every session; no login and no refresh that comes later, or meets this, gets through. */
  async block(id: UserId, act: Act = COMMAND_LINE): Promise<void> {
    await this.database.transaction(async (transaction) => {
      if (!(await this.users.block(transaction, id))) throw new AuthError('user_not_found');
      await this.audit.record(transaction, { event: 'account_blocked', userId: id, act });
      await this.sessions.endAll(transaction, id, 'account_blocked', act);
    });
    this.report('account_blocked', id);
  }

  /** Makes the account what it was, ACTIVE or PENDING; ended sessions stay ended. */
  async unblock(id: UserId, act: Act = COMMAND_LINE): Promise<void> {
    await this.database.transaction(async (transaction) => {
      if (!(await this.users.unblock(transaction, id))) throw new AuthError('user_not_found');
      await this.audit.record(transaction, { event: 'account_unblocked', userId: id, act });
    });
    this.report('account_unblocked', id);
  }

  /** Access tokens that say otherwise die; their sessions live on, and a refresh gives one that tells the new role. */
  async setRole(id: UserId, role: Role, act: Act = COMMAND_LINE): Promise<void> {
    const event = { event: 'role_changed', userId: id, act, details: { role } } as const;
    await this.changeClaims(id, event, (transaction) => this.users.setRole(transaction, id, role));
    this.report('account_role_set', id);
  }

  /**
   * The same for the username, by the rules of registration.
   * Throws AuthError `username_taken`, or `validation_failed` where it is no username.
   */
  async rename(id: UserId, username: string, act: Act = COMMAND_LINE): Promise<void> {
    if (!USERNAME.test(username.trim()))
      throw fieldFault('username', 'must be 3 to 50 letters, digits, or . _ -');
    const event = { event: 'username_changed', userId: id, act } as const;
    await this.changeClaims(id, event, (transaction) => this.users.rename(transaction, id, username));
    this.report('account_renamed', id);
  }

  /**
   * Sets the e-mail address. Links and codes that were sent to the old one are void, and a notice is sent there; sessions
   * go on, but the access tokens of an account that is shown by its address die. A new address counts as verified where
   * `verified` says so, else a link and a code are sent to it.
   * Throws AuthError `email_taken`, or `validation_failed` where it is no address.
   */
  async setEmail(id: UserId, address: string, verified: boolean, act: Act = COMMAND_LINE): Promise<void> {
    const email = address.trim();
    if (!isEmail(email)) throw fieldFault('email', 'must be an e-mail address such as name@example.com');
    await this.changeClaims(id, null, async (transaction) => {
      const change = await this.users.setEmail(transaction, id, email, verified);
      if (change?.moved) await this.addresses.replaced(transaction, id, email, change);
      if (change?.changed) {
        const details = { verified: change.verified };
        await this.audit.record(transaction, { event: 'email_changed', userId: id, act, details });
      }
      return change?.renamed;
    });
    this.report('account_email_set', id);
  }

  /**
   * @param event recorded where tokens say otherwise by now; null where `change` does that itself
   * @param change holds the account's row and tells whether tokens say otherwise by now; undefined without such an account
   */
  private changeClaims(
    id: UserId,
    event: AuditRecord | null,
    change: (transaction: Transaction) => Promise<boolean | undefined>,
  ): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const changed = await change(transaction);
      if (changed === undefined) throw new AuthError('user_not_found');
      if (changed && event) await this.audit.record(transaction, event);
      // A statement of its own: only then does it see a session whose login held the account's row before.
      if (changed) await this.sessions.outdateAccessTokens(transaction, id);
      else await this.sessions.tellRevocations(transaction, id);
    });
  }

  private report(event: string, user: UserId): void {
    this.logger.log({ event, user });
  }
}
