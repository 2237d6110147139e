import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Wrong passwords for one account (or unknown name) from one network, or from all of them, within the current window. */
@Entity('login_failures')
@Index('login_failures_by_reset', ['resetsAt'])
export class LoginFailure {
  /** `account:<id>` where the name resolves to one (username and address share a count), else `name:<HMAC>`. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'login_failures_pkey' })
  identifier: string;

  /** An IPv4 address or an IPv6 /64; `*` for all networks together. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'login_failures_pkey' })
  network: string;

  @Column('integer')
  failures: number;

  @Column('timestamptz')
  resetsAt: Date;
}
