import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { AuthError } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import { Outbox, passwordResetMail } from '@gatehouse/mail';
import { OneTimeSecrets } from '@gatehouse/secrets';
import { emailKey, Users } from '@gatehouse/users';
import type { Caller } from './caller.js';
import { MailAllowance } from './mail-allowance.service.js';

@Injectable()
export class PasswordResetRequest {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly secrets: OneTimeSecrets,
    private readonly outbox: Outbox,
    private readonly allowance: MailAllowance,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Mails a reset link: to the address on file, never to the one asked with. Where there is no such account nothing
   * happens, and the caller cannot tell.
   */
  async mailLink(email: string, { application }: Caller): Promise<void> {
    await this.mailIfKnown(email, application?.passwordResetUrl);
  }

  /** The same, but throws AuthError `user_not_found`, unless ENUMERATION_PROTECTION hides that. */
  async mailLinkOrSay(email: string, { application }: Caller): Promise<void> {
    const known = await this.mailIfKnown(email, application?.passwordResetUrl);
    if (!known && !this.config.accounts.hideUnknown) throw new AuthError('user_not_found');
  }

  private async mailIfKnown(email: string, ownBase: string | null | undefined): Promise<boolean> {
    const user = await this.users.findByEmail(email);
    await this.database.transaction(async (transaction) => {
      // One at a time for an account, so that no more links than allowed are outstanding.
      if (user) await this.users.lock(transaction, user.id);
      const allowed = await this.allowance.take(transaction, 'reset', emailKey(email));
      if (!user || !allowed) return;
      const owner = { userId: user.id, emailKey: user.emailKey };
      const secret = await this.secrets.issue(transaction, 'reset_password', owner);
      const link = this.config.links.resetPassword(secret, ownBase);
      await this.outbox.put(transaction, user.email, passwordResetMail(link));
    });
    return user !== null;
  }
}
