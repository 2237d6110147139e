import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Wrong passwords for one account (or unknown name) from one network, within the current window. */
@Entity('login_failures')
export class LoginFailure {
  /** `account:<id>` where the name resolves to one (username and address share a count), else `name:<HMAC>`. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'login_failures_pkey' })
  identifier: string;

  /** An IPv4 address or an IPv6 /64. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'login_failures_pkey' })
  network: string;

  @Column('integer')
  failures: number;

  @Column('timestamptz')
  resetsAt: Date;
}
