import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SessionId } from '@gatehouse/kernel';

/** What of a session is dead. Written in the transaction that ends or moves the session. */
@Entity('revocations')
@Index('revocations_unpublished', ['sid'], { where: 'published_at IS NULL' })
@Index('revocations_by_end', ['keepUntil'])
@Check('revocations_value_form', `value ~ '^([*]|[0-9]+@[0-9]+)$'`)
export class Revocation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'revocations_pkey' })
  sid: SessionId;

  /** See revocation-value.ts. */
  @Column('text')
  value: string;

  /** When the last access token that this could refuse has expired. */
  @Column('timestamptz')
  keepUntil: Date;

  /** When the denylist held it; null until then. */
  @Column('timestamptz', { nullable: true })
  publishedAt: Date | null;
}
