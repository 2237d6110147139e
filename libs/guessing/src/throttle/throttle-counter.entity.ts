import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often something was asked for in the current window. The table is UNLOGGED: a crash of PostgreSQL empties it. */
@Entity('throttle_counters')
@Index('throttle_counters_by_end', ['resetsAt'])
export class ThrottleCounter {
  /** Act, scope, length of the window and whom it counts. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'throttle_counters_pkey' })
  key: string;

  @Column('integer')
  hits: number;

  @Column('timestamptz')
  resetsAt: Date;
}
