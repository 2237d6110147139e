import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { SessionId } from '@gatehouse/kernel';

/** What of a session is dead. Written in the transaction that ends or moves the session. */
@Entity('revocations')
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
