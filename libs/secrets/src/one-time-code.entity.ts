import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { ClientId, UserId } from '@gatehouse/kernel';

/** A six-digit code that was mailed to verify an address: its keyed hash, and where it was asked for. */
@Entity('one_time_codes')
@Index('one_time_codes_by_user', ['userId', 'createdAt'])
@Index('one_time_codes_by_expiry', ['expiresAt'])
@Index('one_time_codes_by_place', ['clientId', 'network', 'expiresAt'])
export class OneTimeCode {
  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'one_time_codes_pkey',
  })
  id: string;

  @Column('bytea')
  hash: Buffer;

  @Column('bigint')
  userId: UserId;

  @ManyToOne('User', { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'one_time_codes_user' })
  user: Relation<object>;

  @Column('text')
  emailKey: string;

  @Column('uuid', { nullable: true })
  clientId: ClientId | null;

  @ManyToOne('Client', { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'client_id', foreignKeyConstraintName: 'one_time_codes_client' })
  client: Relation<object> | null;

  /** The network that asked: an IPv4 address or an IPv6 /64. */
  @Column('text')
  network: string;

  @Column('integer', { default: 0 })
  wrongTries: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('timestamptz', { nullable: true })
  usedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  voidedAt: Date | null;
}
