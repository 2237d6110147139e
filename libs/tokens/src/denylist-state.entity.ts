import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** One row: which Redis server's copy of the revocations is trusted. */
@Entity('denylist')
@Check('denylist_one_row', 'id = 1')
export class DenylistState {
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'denylist_pkey' })
  id: number;

  /** `master_replid` of the trusted server, or null: then PostgreSQL answers. */
  @Column('text', { nullable: true })
  redisId: string | null;

  /** Goes up with each change of `redisId`; text, since it is a bigint. */
  @Column('bigint')
  epoch: string;
}
