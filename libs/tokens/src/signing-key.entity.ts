import { Column, Entity, PrimaryColumn } from 'typeorm';

export type SigningAlgorithm = 'ES256' | 'RS256';

/** The public half as a JWK (RFC 7517). */
export type PublicJwk = Readonly<Record<string, string>>;

/** A key that access and refresh tokens are signed with. The private half is sealed under SECRET_KEYS. */
@Entity('signing_keys')
export class SigningKey {
  /** The JWK thumbprint of the public half (RFC 7638). */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'signing_keys_pkey' })
  kid: string;

  @Column('text')
  algorithm: SigningAlgorithm;

  @Column('jsonb')
  publicJwk: PublicJwk;

  @Column('text')
  sealedPrivateKey: string;

  @Column('timestamptz')
  createdAt: Date;
}
