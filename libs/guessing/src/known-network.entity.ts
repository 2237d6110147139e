import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A network from which an account has registered or logged in: guesses from elsewhere do not lock it out there. A name
 * that no account has has none.
 */
@Entity('known_networks')
@Index('known_networks_by_last_use', ['lastUsedAt'])
export class KnownNetwork {
  /** `account:<id>`, as in login_failures. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'known_networks_pkey' })
  identifier: string;

  /** An IPv4 address or an IPv6 /64. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'known_networks_pkey' })
  network: string;

  /** To the day: a login a few hours after another writes nothing. */
  @Column('timestamptz')
  lastUsedAt: Date;
}
