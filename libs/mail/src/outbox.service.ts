import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Clock, KeyRing } from '@gatehouse/kernel';
import { nowPlus, type Statement, type Transaction } from '@gatehouse/database';
import { Mail } from './mail.entity.js';
import type { MailContent } from './templates.js';

const insertMail: Statement = {
  name: 'mail.insert',
  text: `INSERT INTO mails (recipient, sealed_content, created_at) VALUES ($1, $2, ${nowPlus(3)})`,
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
  ) {}

  async put(transaction: Transaction, to: string, content: MailContent): Promise<void> {
    const sealed = this.keys.seal('outbox', JSON.stringify(content));
    await transaction.run(insertMail, [to, sealed, this.clock.offsetMs]);
  }

  /** The newest mails, newest first. @param to only those to this address, in any case */
  async newest(limit: number, to?: string): Promise<WrittenMail[]> {
    const query = this.repository.createQueryBuilder('mail').orderBy('mail.id', 'DESC').limit(limit);
    if (to !== undefined) query.where('lower(mail.recipient) = lower(:to)', { to });
    return (await query.getMany()).map((mail) => this.opened(mail));
  }

  private opened(mail: Mail): WrittenMail {
    const { subject, text, html } = JSON.parse(this.keys.open('outbox', mail.sealedContent)) as MailContent;
    return { id: Number(mail.id), to: mail.recipient, subject, text, html, createdAt: mail.createdAt };
  }
}
