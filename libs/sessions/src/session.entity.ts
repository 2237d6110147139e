import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { ClientId, SessionId, UserId } from '@gatehouse/kernel';
import { bigintAsNumber } from '@gatehouse/database';
import type { RefreshFormat } from '@gatehouse/tokens';
import { User } from '@gatehouse/users';
import { Client } from '@gatehouse/clients';

export type EndReason =
  | 'logged_out'
  | 'revoked'
  | 'password_changed'
  | 'password_reset'
  | 'refresh_token_reused'
  | 'account_blocked'
  | 'session_limit';

/**
 * One login. The live refresh secret (`leaf`) and the one before it (`parent`) stand in the session's own row, as
 * hashes: two live ones cannot even be written down.
 */
@Entity('sessions')
@Index('sessions_by_user', ['userId', 'createdAt', 'id'])
@Index('sessions_live', ['userId', 'createdAt', 'id'], { where: 'ended_at IS NULL' })
@Index('sessions_by_end', ['endedAt'], { where: 'ended_at IS NOT NULL' })
@Check('sessions_format_known', `format IN ('jwt', 'uuid', 'access')`)
@Check('sessions_end_has_reason', '(ended_at IS NULL) = (end_reason IS NULL)')
export class Session {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sessions_pkey' })
  id: SessionId;

  @Column('bigint', { transformer: bigintAsNumber })
  userId: UserId;

  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'sessions_user' })
  user: Relation<User>;

  /** The contract that opened it, which alone may refresh it. */
  @Column('text')
  contract: string;

  @Column('uuid', { nullable: true })
  clientId: ClientId | null;

  @ManyToOne(() => Client, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'client_id', foreignKeyConstraintName: 'sessions_client' })
  client: Relation<Client> | null;

  @Column('text', { nullable: true })
  channel: string | null;

  @Column('text')
  format: RefreshFormat;

  /** Whether a refresh replaces the refresh secret. */
  @Column('boolean')
  rotates: boolean;

  /** Goes up with each rotation; the access token's claim `gen`. */
  @Column('integer', { default: 1 })
  gen: number;

  @Column('bytea')
  leaf: Buffer;

  @Column('bytea', { nullable: true })
  parent: Buffer | null;

  @Column('timestamptz', { nullable: true })
  rotatedAt: Date | null;

  /** The address of the last use. */
  @Column('text')
  ip: string;

  @Column('text', { nullable: true })
  userAgent: string | null;

  @Column('timestamptz')
  createdAt: Date;

  /** The last use, as far as it has been written: SessionUse knows of later ones. */
  @Column('timestamptz')
  lastSeenAt: Date;

  /** Moved by each refresh. */
  @Column('timestamptz')
  idleExpiresAt: Date;

  /** Moved by nothing. */
  @Column('timestamptz')
  expiresAt: Date;

  /** When the last access token made for it has expired: as long must a revocation be remembered. */
  @Column('timestamptz')
  accessExpiresAt: Date;

  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;

  @Column('text', { nullable: true })
  endReason: EndReason | null;
}

/** When a session ends by itself: the earlier of its two limits. */
export const sessionExpiry = ({
  idleExpiresAt,
  expiresAt,
}: Pick<Session, 'idleExpiresAt' | 'expiresAt'>): Date =>
  idleExpiresAt < expiresAt ? idleExpiresAt : expiresAt;
