import { Injectable } from '@nestjs/common';
import type { UserId } from '@gatehouse/kernel';
import type { Transaction } from '@gatehouse/database';
import { emailChangedMail, Outbox } from '@gatehouse/mail';
import { OneTimeCodes, OneTimeSecrets } from '@gatehouse/secrets';
import { type EmailChange, emailKey } from '@gatehouse/users';
import { VerificationMail } from './verification-mail.service.js';

/** What follows from a new e-mail address, in the transaction that stores it and holds the account's row. */
@Injectable()
export class AddressReplacement {
  constructor(
    private readonly secrets: OneTimeSecrets,
    private readonly codes: OneTimeCodes,
    private readonly outbox: Outbox,
    private readonly verification: VerificationMail,
  ) {}

  /** What was sent to the old address is void, and what is still owed to it is not sent; its owner is told. */
  async replaced(
    transaction: Transaction,
    id: UserId,
    email: string,
    { before, verified }: EmailChange,
  ): Promise<void> {
    await this.secrets.voidAll(transaction, 'verify_email', id);
    await this.secrets.voidAll(transaction, 'reset_password', id);
    await this.codes.voidAll(transaction, id);
    await this.outbox.withdraw(transaction, id);
    await this.outbox.put(transaction, before, emailChangedMail());
    if (!verified) await this.verification.send(transaction, { id, email, emailKey: emailKey(email) }, null);
  }
}
