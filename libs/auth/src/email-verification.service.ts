import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { AuthError } from '@gatehouse/kernel';
import { Database, type Transaction } from '@gatehouse/database';
import { Outbox, verificationMail } from '@gatehouse/mail';
import { OneTimeSecrets, type SecretOwner } from '@gatehouse/secrets';
import { displayedUsername, type User, Users } from '@gatehouse/users';

@Injectable()
export class EmailVerification {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly secrets: OneTimeSecrets,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Mails a new account its link, where its contract verifies addresses or the service demands it of everybody. */
  async mailIfNeeded(transaction: Transaction, user: User, contractVerifies: boolean): Promise<void> {
    if (!contractVerifies && !this.config.accounts.requireVerifiedEmail) return;
    const secret = await this.secrets.issue(transaction, 'verify_email', {
      userId: user.id,
      emailKey: user.emailKey,
    });
    const link = this.config.links.verifyEmail(secret);
    await this.outbox.put(transaction, user.email, verificationMail(displayedUsername(user), link));
  }

  /**
   * Verifies the address that the link was mailed to. A second use answers as the first, since mail scanners fetch
   * links before people do. Throws AuthError `verification_token_invalid`.
   */
  async verify(token: string): Promise<void> {
    const found = await this.secrets.find('verify_email', token);
    if (!found) throw new AuthError('verification_token_invalid');
    const verified = (!found.used && (await this.spend(token, found))) || (await this.isVerified(found));
    if (!verified) throw new AuthError('verification_token_invalid');
  }

  /** False where somebody else spent it in the meantime, or the account has another address by now. */
  private spend(token: string, owner: SecretOwner): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      await this.users.lock(transaction, owner.userId);
      const spent = await this.secrets.spend(transaction, 'verify_email', token);
      if (!spent) return false;
      await this.secrets.voidAll(transaction, 'verify_email', owner.userId);
      return this.users.verifyEmail(transaction, spent.userId, spent.emailKey);
    });
  }

  private async isVerified(owner: SecretOwner): Promise<boolean> {
    const user = await this.users.findById(owner.userId);
    return user !== null && user.emailKey === owner.emailKey && user.emailVerifiedAt !== null;
  }
}
