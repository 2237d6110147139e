import { Injectable } from '@nestjs/common';
import { Database } from '@gatehouse/database';
import { OneTimeSecrets } from '@gatehouse/secrets';
import type { AccessToken } from '@gatehouse/tokens';
import { type User, Users } from '@gatehouse/users';
import type { Caller } from './caller.js';
import { VerificationMail } from './verification-mail.service.js';

/** Whose address is to be verified: by a Bearer token, an address, or a link that was mailed before. */
export interface ResendRequest {
  readonly accessToken?: AccessToken | undefined;
  readonly email?: string | undefined;
  readonly link?: string | undefined;
}

/** One mail a minute for an account: a second request in between is answered as if it had been sent. */
const PAUSE_MS = 60_000;

/** Mails another link and code. Whatever it finds, the caller learns nothing of it. */
@Injectable()
export class VerificationResend {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly secrets: OneTimeSecrets,
    private readonly mail: VerificationMail,
  ) {}

  async resend(request: ResendRequest, caller: Caller): Promise<void> {
    const user = await this.userOf(request);
    if (!user || user.emailVerifiedAt) return;
    await this.database.transaction(async (transaction) => {
      if (!(await this.users.lockUnverified(transaction, user))) return;
      const recent = await this.secrets.issuedWithin(transaction, 'verify_email', user.id, PAUSE_MS);
      if (!recent) await this.mail.send(transaction, user, caller);
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
