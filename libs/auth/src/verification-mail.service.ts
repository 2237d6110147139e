import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import type { Transaction } from '@gatehouse/database';
import { networkOf } from '@gatehouse/guessing';
import { Outbox, verificationMail } from '@gatehouse/mail';
import { OneTimeCodes, OneTimeSecrets } from '@gatehouse/secrets';
import type { User } from '@gatehouse/users';
import type { Caller } from './caller.js';
import { MailAllowance } from './mail-allowance.service.js';

/** Mails what verifies an address: a link and a code, of which the use of one voids the other. */
@Injectable()
export class VerificationMail {
  constructor(
    private readonly secrets: OneTimeSecrets,
    private readonly codes: OneTimeCodes,
    private readonly outbox: Outbox,
    private readonly allowance: MailAllowance,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * For a new account, where its contract verifies addresses or the service demands it of everybody. Sent whatever was
   * asked for before there was an account, and counted against what may be asked for next.
   */
  async sendIfNeeded(
    transaction: Transaction,
    user: User,
    contractVerifies: boolean,
    caller: Caller,
  ): Promise<void> {
    if (!contractVerifies && !this.config.accounts.requireVerifiedEmail) return;
    await this.allowance.take(transaction, 'verification', user.emailKey);
    await this.send(transaction, user, caller);
  }

  /**
   * In a transaction that holds the account's row. Without a code where the account has had its codes for today.
   * @param caller null where an operator sends it: then the code is good with its account or address alone
   */
  async send(
    transaction: Transaction,
    user: Pick<User, 'id' | 'email' | 'emailKey'>,
    caller: Caller | null,
  ): Promise<void> {
    const owner = { userId: user.id, emailKey: user.emailKey };
    const secret = await this.secrets.issue(transaction, 'verify_email', owner);
    const place = caller
      ? { clientId: caller.origin.clientId, network: networkOf(caller.device.ip) }
      : { clientId: null, network: 'none' };
    const code = await this.codes.issue(transaction, owner, place);
    const link = this.config.links.verifyEmail(secret, caller?.application?.verifyEmailUrl);
    await this.outbox.put(transaction, user.email, verificationMail(link, code), user.id);
  }
}
