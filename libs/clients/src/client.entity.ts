import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { ClientId } from '@gatehouse/kernel';

/** public: carries an Api-Token and has channels; confidential: has a secret and scopes. */
export type ClientKind = 'public' | 'confidential';

/** A client application. */
@Entity('clients')
@Unique('clients_name_unique', ['name'])
@Check('clients_kind_known', `kind IN ('public', 'confidential')`)
export class Client {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clients_pkey' })
  id: ClientId;

  @Column('text')
  name: string;

  @Column('text')
  kind: ClientKind;

  /** Channels that a public application may use, such as `web`, `ios`, `android`. */
  @Column('text', { array: true })
  channels: string[];

  /** What a confidential application may do: `introspect`, `revoke`, `feed`. */
  @Column('text', { array: true })
  scopes: string[];

  /** The application's own link bases for mails; null: the service's. */
  @Column('text', { nullable: true })
  verifyEmailUrl: string | null;

  @Column('text', { nullable: true })
  passwordResetUrl: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  disabledAt: Date | null;
}
