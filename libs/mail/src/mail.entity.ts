import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A mail that is owed. Its content holds live links, so it is sealed like every other secret at rest. */
@Entity('mails')
@Index('mails_by_recipient', ['recipient', 'id'])
export class Mail {
  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'mails_pkey',
  })
  id: string;

  @Column('text')
  recipient: string;

  @Column('text')
  sealedContent: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;
}
