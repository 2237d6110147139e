import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { UserId } from '@gatehouse/kernel';

export type SecretPurpose = 'verify_email' | 'reset_password';

/** A link that was mailed: its keyed hash, bound to purpose, account and address. */
@Entity('one_time_secrets')
@Index('one_time_secrets_by_user', ['userId', 'purpose'])
@Index('one_time_secrets_by_expiry', ['expiresAt'])
@Check('one_time_secrets_purpose_known', `purpose IN ('verify_email', 'reset_password')`)
export class OneTimeSecret {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'one_time_secrets_pkey' })
  hash: Buffer;

  @Column('text')
  purpose: SecretPurpose;

  @Column('bigint')
  userId: UserId;

  @ManyToOne('User', { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'one_time_secrets_user' })
  user: Relation<object>;

  @Column('text')
  emailKey: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('timestamptz', { nullable: true })
  usedAt: Date | null;

  /** Made useless by the use of another one, or by newer ones. */
  @Column('timestamptz', { nullable: true })
  voidedAt: Date | null;
}
