import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintAsNumber } from '@gatehouse/database';
import type { UserId } from '@gatehouse/kernel';

/** A mail that is owed. Its content holds live links, so it is sealed like every other secret at rest. */
@Entity('mails')
@Index('mails_by_recipient', ['recipient', 'id'])
@Index('mails_done', ['createdAt'], { where: 'sent_at IS NOT NULL OR failed_at IS NOT NULL' })
@Index('mails_withdrawable', ['secretsOf'], {
  where: 'secrets_of IS NOT NULL AND sent_at IS NULL AND failed_at IS NULL',
})
@Index('mails_due', ['nextAttemptAt'], { where: 'sent_at IS NULL AND failed_at IS NULL' })
export class Mail {
  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'mails_pkey',
  })
  id: string;

  @Column('text')
  recipient: string;

  /** Null once the mail is done with, save in development. */
  @Column('text', { nullable: true })
  sealedContent: string | null;

  /** Whose one-time secrets it carries; null where it carries none. */
  @Column('bigint', { nullable: true, transformer: bigintAsNumber })
  secretsOf: UserId | null;

  @Column('timestamptz')
  createdAt: Date;

  /** When the peer took it. */
  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;

  /** The left side of its Message-ID: the same at every attempt, so that a receiver knows a second copy. */
  @Column('uuid')
  messageId: string;

  /** How often it was tried; the number also tells a worker that its claim is still its own. */
  @Column('integer', { default: 0 })
  attempts: number;

  /** Nobody tries it before; a claim moves it to where a worker must have died. */
  @Column('timestamptz')
  nextAttemptAt: Date;

  /** When it was given up. */
  @Column('timestamptz', { nullable: true })
  failedAt: Date | null;

  /** Why: the peer's reply code and what it replied to, without its words, which may hold the address. */
  @Column('text', { nullable: true })
  failure: string | null;
}
