import { Injectable } from '@nestjs/common';
import { Audit } from '@gatehouse/audit';
import { AuthError, type UserId } from '@gatehouse/kernel';
import { Database, type Transaction } from '@gatehouse/database';
import { networkOf } from '@gatehouse/guessing';
import { OneTimeCodes, OneTimeSecrets, type SecretOwner } from '@gatehouse/secrets';
import type { AccessToken } from '@gatehouse/tokens';
import { Users } from '@gatehouse/users';
import { type Account, accountOf } from './account.js';
import { actOf } from './act.js';
import type { Caller } from './caller.js';

/** A code, and whose it is where that is known: by the Bearer token, else by the address. */
export interface CodeEntry {
  readonly code: string;
  readonly accessToken?: AccessToken | undefined;
  readonly email?: string | undefined;
}

/** Verifies e-mail addresses by mailed links and codes. The use of either voids every other one of the account. */
@Injectable()
export class EmailVerification {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly secrets: OneTimeSecrets,
    private readonly codes: OneTimeCodes,
    private readonly audit: Audit,
  ) {}

  /**
   * Verifies the address that the link was mailed to. A second use answers as the first, since mail scanners fetch
   * links before people do. Throws AuthError `verification_token_invalid`.
   */
  async verifyByLink(token: string, caller: Caller): Promise<void> {
    const found = await this.secrets.find('verify_email', token);
    if (!found) throw new AuthError('verification_token_invalid');
    const spent = !found.used && (await this.spendLink(token, found, caller));
    const verified = spent || (await this.isVerified(found));
    if (!verified) throw new AuthError('verification_token_invalid');
  }

  /**
   * Verifies the address that the code was mailed to. Where neither a token nor an address tells the account, only
   * codes that were asked for through this application and from this network are looked at.
   * Throws AuthError `verification_code_invalid`, or `email_needed` where too many codes are outstanding there.
   */
  async verifyByCode({ code, accessToken, email }: CodeEntry, caller: Caller): Promise<Account> {
    const { origin, device } = caller;
    const account = accessToken?.userId ?? (email === undefined ? null : await this.idOf(email));
    const place = { clientId: origin.clientId, network: networkOf(device.ip) };
    const candidate = await this.codes.ownerOf(code, account, place);
    const owner = await this.database.transaction(async (transaction) => {
      if (candidate !== undefined) await this.users.lock(transaction, candidate);
      const spent = await this.codes.spend(transaction, code, account, place);
      const verified = spent && (await this.finish(transaction, spent, 'code', caller));
      return verified ? spent : null;
    });
    const user = owner && (await this.users.findById(owner.userId));
    if (!user) throw new AuthError('verification_code_invalid');
    return accountOf(user);
  }

  /** False where somebody else spent it in the meantime, or the account has another address by now. */
  private spendLink(token: string, owner: SecretOwner, caller: Caller): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      await this.users.lock(transaction, owner.userId);
      const spent = await this.secrets.spend(transaction, 'verify_email', token);
      return spent ? this.finish(transaction, spent, 'link', caller) : false;
    });
  }

  private async finish(
    transaction: Transaction,
    { userId, emailKey }: SecretOwner,
    by: 'link' | 'code',
    caller: Caller,
  ): Promise<boolean> {
    await this.secrets.voidAll(transaction, 'verify_email', userId);
    await this.codes.voidAll(transaction, userId);
    if (!(await this.users.verifyEmail(transaction, userId, emailKey))) return false;
    const act = actOf(caller, userId);
    await this.audit.record(transaction, { event: 'email_verified', userId, act, details: { by } });
    return true;
  }

  private async isVerified(owner: SecretOwner): Promise<boolean> {
    const user = await this.users.findById(owner.userId);
    return user !== null && user.emailKey === owner.emailKey && user.emailVerifiedAt !== null;
  }

  /** An unknown address has no codes: a number that is no account's finds none, like any wrong code. */
  private async idOf(email: string): Promise<UserId> {
    return (await this.users.findByEmail(email))?.id ?? (0 as UserId);
  }
}
