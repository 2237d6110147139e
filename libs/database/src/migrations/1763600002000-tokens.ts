import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Tokens1763600002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE signing_keys (
        kid text CONSTRAINT signing_keys_pkey PRIMARY KEY,
        algorithm text NOT NULL,
        public_jwk jsonb NOT NULL,
        sealed_private_key text NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    // value: '*' = the whole session; 'G@T' = access tokens of generations below G-1 at once, of G-1 from T (epoch ms)
    await runner.query(`
      CREATE TABLE revocations (
        sid uuid CONSTRAINT revocations_pkey PRIMARY KEY,
        value text NOT NULL,
        keep_until timestamptz NOT NULL,
        published_at timestamptz,
        CONSTRAINT revocations_value_form CHECK (value ~ '^([*]|[0-9]+@[0-9]+)$')
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE revocations');
    await runner.query('DROP TABLE signing_keys');
  }
}
