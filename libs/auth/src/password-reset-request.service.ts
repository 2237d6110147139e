import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { AuthError } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import { Outbox, passwordResetMail } from '@gatehouse/mail';
import { OneTimeSecrets } from '@gatehouse/secrets';
import { displayedUsername, Users } from '@gatehouse/users';

@Injectable()
export class PasswordResetRequest {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly secrets: OneTimeSecrets,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Mails a reset link: to the address on file, never to the one asked with.
   * Throws AuthError `user_not_found` for an unknown address, unless ENUMERATION_PROTECTION hides that.
   */
  async mailLink(email: string): Promise<void> {
    const user = await this.users.findByEmail(email);
    if (!user) {
      if (this.config.accounts.hideUnknown) return;
      throw new AuthError('user_not_found');
    }
    await this.database.transaction(async (transaction) => {
      // One at a time for an account, so that no more links than allowed are outstanding.
      await this.users.lock(transaction, user.id);
      const owner = { userId: user.id, emailKey: user.emailKey };
      const link = this.config.links.resetPassword(
        await this.secrets.issue(transaction, 'reset_password', owner),
      );
      await this.outbox.put(transaction, user.email, passwordResetMail(displayedUsername(user), link));
    });
  }
}
