import { Injectable } from '@nestjs/common';
import { Database } from '@gatehouse/database';
import { OneTimeSecrets } from '@gatehouse/secrets';
import type { AccessToken } from '@gatehouse/tokens';
import { emailKey, type User, Users } from '@gatehouse/users';
import type { Caller } from './caller.js';
import { MailAllowance } from './mail-allowance.service.js';
import { VerificationMail } from './verification-mail.service.js';

/** Whose address is to be verified: by a Bearer token, an address, or a link that was mailed before. */
export interface ResendRequest {
  readonly accessToken?: AccessToken | undefined;
  readonly email?: string | undefined;
  readonly link?: string | undefined;
}

/** Mails another link and code. Whatever it finds, the caller learns nothing of it. */
@Injectable()
export class VerificationResend {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly secrets: OneTimeSecrets,
    private readonly allowance: MailAllowance,
    private readonly mail: VerificationMail,
  ) {}

  async resend(request: ResendRequest, caller: Caller): Promise<void> {
    const user = await this.userOf(request);
    const recipient = user?.emailKey ?? addressIn(request);
    if (recipient === undefined) return;
    await this.database.transaction(async (transaction) => {
      const awaited = user && (await this.users.lockUnverified(transaction, user));
      const allowed = await this.allowance.take(transaction, 'verification', recipient);
      if (awaited && allowed) await this.mail.send(transaction, user, caller);
    });
  }

  private async userOf({ accessToken, email, link }: ResendRequest): Promise<User | null> {
    if (accessToken) return this.users.findById(accessToken.userId);
    if (email !== undefined) return this.users.findByEmail(email);
    const owner = link === undefined ? null : await this.secrets.findAny('verify_email', link);
    const user = owner && (await this.users.findById(owner.userId));
    return user && user.emailKey === owner.emailKey ? user : null;
  }
}

/** The address that was asked with, where nothing else says whose it is. */
const addressIn = ({ accessToken, email }: ResendRequest): string | undefined =>
  accessToken || email === undefined ? undefined : emailKey(email);
