import { Inject, Injectable } from '@nestjs/common';
import { Audit } from '@gatehouse/audit';
import { CONFIG, type Config } from '@gatehouse/config';
import { AuthError } from '@gatehouse/kernel';
import { Database, holdNothing, writeNothing } from '@gatehouse/database';
import { Outbox, passwordResetMail } from '@gatehouse/mail';
import { OneTimeSecrets } from '@gatehouse/secrets';
import { emailKey, Users } from '@gatehouse/users';
import { actOf } from './act.js';
import type { Caller } from './caller.js';
import { MailAllowance } from './mail-allowance.service.js';

/** As long as the rows that a known address causes: a link, and a sealed mail. */
const NO_LINK = '-'.repeat(200);
const NO_MAIL = '-'.repeat(2_000);

@Injectable()
export class PasswordResetRequest {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly secrets: OneTimeSecrets,
    private readonly outbox: Outbox,
    private readonly allowance: MailAllowance,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Mails a reset link: to the address on file, never to the one asked with. Where there is no such account nothing
   * happens, and the caller cannot tell.
   */
  async mailLink(email: string, caller: Caller): Promise<void> {
    await this.mailIfKnown(email, caller);
  }

  /** The same, but throws AuthError `user_not_found`, unless ENUMERATION_PROTECTION hides that. */
  async mailLinkOrSay(email: string, caller: Caller): Promise<void> {
    const known = await this.mailIfKnown(email, caller);
    if (!known && !this.config.accounts.hideUnknown) throw new AuthError('user_not_found');
  }

  /**
   * For an unknown address the same, statement by statement: a wait for others with that address, a count, a record, two
   * writes, and a commit that waits for the disk.
   */
  private async mailIfKnown(email: string, caller: Caller): Promise<boolean> {
    const act = actOf(caller, null);
    const found = await this.users.findByEmail(email);
    const key = emailKey(email);
    return this.database.transaction(async (transaction) => {
      // One at a time for an account, so that no more links than allowed are outstanding; its address may have changed.
      const user = found && (await this.users.lockWithAddress(transaction, found)) ? found : null;
      if (!found) await transaction.run(holdNothing, [key]);
      if (!(await this.allowance.take(transaction, 'reset', key))) return user !== null;
      const whose = user ? { userId: user.id } : { details: { name: this.audit.nameTried(key) } };
      await this.audit.record(transaction, { event: 'password_reset_requested', act, ...whose });
      if (user) {
        const owner = { userId: user.id, emailKey: user.emailKey };
        const secret = await this.secrets.issue(transaction, 'reset_password', owner);
        const link = this.config.links.resetPassword(secret, caller.application?.passwordResetUrl);
        await this.outbox.put(transaction, user.email, passwordResetMail(link), user.id);
      } else {
        await transaction.run(writeNothing, [NO_LINK]);
        await transaction.run(writeNothing, [NO_MAIL]);
      }
      return user !== null;
    });
  }
}
