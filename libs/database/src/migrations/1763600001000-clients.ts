import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Clients1763600001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE clients (
        id uuid CONSTRAINT clients_pkey PRIMARY KEY,
        name text NOT NULL CONSTRAINT clients_name_unique UNIQUE,
        kind text NOT NULL,
        channels text[] NOT NULL,
        scopes text[] NOT NULL,
        verify_email_url text,
        password_reset_url text,
        created_at timestamptz NOT NULL,
        disabled_at timestamptz,
        CONSTRAINT clients_kind_known CHECK (kind IN ('public', 'confidential'))
      )`);
    await runner.query(`
      CREATE TABLE client_secrets (
        hash bytea CONSTRAINT client_secrets_pkey PRIMARY KEY,
        client_id uuid NOT NULL CONSTRAINT client_secrets_client REFERENCES clients ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz
      )`);
    await runner.query('CREATE INDEX client_secrets_by_client ON client_secrets (client_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE client_secrets');
    await runner.query('DROP TABLE clients');
  }
}
