import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { Clock, KeyRing, Random, type UserId } from '@gatehouse/kernel';
import { nowPlus, type Statement, type Transaction } from '@gatehouse/database';
import { Mail } from './mail.entity.js';
import type { MailContent } from './templates.js';

const insertMail: Statement = {
  name: 'mail.insert',
  text: `
    INSERT INTO mails (recipient, sealed_content, message_id, created_at, next_attempt_at, secrets_of)
    VALUES ($1, $2, $3, ${nowPlus(4)}, ${nowPlus(4)}, $5)`,
};

const withdrawMails: Statement = {
  name: 'mail.withdraw',
  text: `
    UPDATE mails SET failed_at = ${nowPlus(2)}, failure = 'withdrawn: its links and codes are void', sealed_content = NULL
    WHERE secrets_of = $1 AND sent_at IS NULL AND failed_at IS NULL`,
};

export interface WrittenMail extends MailContent {
  readonly id: number;
  readonly to: string;
  readonly createdAt: Date;
}

/** The mails that are owed, written in the transaction that causes them: both happen or neither. */
@Injectable()
export class Outbox {
  constructor(
    @InjectRepository(Mail) private readonly repository: Repository<Mail>,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Owes a mail. A worker sends it once the transaction is committed; nobody waits for that.
   * @param secretsOf the account whose links or codes are in it: such a mail can be withdrawn
   */
  async put(transaction: Transaction, to: string, content: MailContent, secretsOf?: UserId): Promise<void> {
    const sealed = this.keys.seal('outbox', JSON.stringify(content));
    const values = [to, sealed, this.random.uuid(), this.clock.offsetMs, secretsOf ?? null];
    await transaction.run(insertMail, values);
  }

  /** Sends none of the mails with links and codes of this account that are still owed: those have become void. */
  async withdraw(transaction: Transaction, secretsOf: UserId): Promise<void> {
    await transaction.run(withdrawMails, [secretsOf, this.clock.offsetMs]);
  }

  /** The newest mails whose content is kept, newest first. @param to only those to this address, in any case */
  async newest(limit: number, to?: string): Promise<WrittenMail[]> {
    const query = this.repository
      .createQueryBuilder('mail')
      .where('mail.sealedContent IS NOT NULL')
      .orderBy('mail.id', 'DESC')
      .limit(limit);
    if (to !== undefined) query.andWhere('lower(mail.recipient) = lower(:to)', { to });
    return (await query.getMany()).map((mail) => this.written(mail));
  }

  /** How many mails are owed: neither sent nor given up. */
  owed(): Promise<number> {
    return this.repository.countBy({ sentAt: IsNull(), failedAt: IsNull() });
  }

  /** What a sealed mail says. Throws where none of the keys opens it. */
  open(sealed: string): MailContent {
    return JSON.parse(this.keys.open('outbox', sealed)) as MailContent;
  }

  private written(mail: Mail): WrittenMail {
    const { subject, text, html } = this.open(mail.sealedContent as string);
    return { id: Number(mail.id), to: mail.recipient, subject, text, html, createdAt: mail.createdAt };
  }
}
