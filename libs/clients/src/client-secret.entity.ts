import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Client } from './client.entity.js';

/** The keyed hash of an Api-Token or a secret. An application may have two, while one replaces the other. */
@Entity('client_secrets')
@Index('client_secrets_by_client', ['clientId'])
export class ClientSecret {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'client_secrets_pkey' })
  hash: Buffer;

  @Column('uuid')
  clientId: string;

  @ManyToOne(() => Client, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'client_id', foreignKeyConstraintName: 'client_secrets_client' })
  client: Relation<Client>;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;
}
