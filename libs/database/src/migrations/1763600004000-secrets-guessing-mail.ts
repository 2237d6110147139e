import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SecretsGuessingMail1763600004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE one_time_secrets (
        hash bytea CONSTRAINT one_time_secrets_pkey PRIMARY KEY,
        purpose text NOT NULL,
        user_id bigint NOT NULL CONSTRAINT one_time_secrets_user REFERENCES users ON DELETE CASCADE,
        email_key text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        voided_at timestamptz,
        CONSTRAINT one_time_secrets_purpose_known CHECK (purpose IN ('verify_email', 'reset_password'))
      )`);
    await runner.query('CREATE INDEX one_time_secrets_by_user ON one_time_secrets (user_id, purpose)');
    await runner.query(`
      CREATE TABLE login_failures (
        identifier text NOT NULL,
        network text NOT NULL,
        failures integer NOT NULL,
        resets_at timestamptz NOT NULL,
        CONSTRAINT login_failures_pkey PRIMARY KEY (identifier, network)
      )`);
    await runner.query(`
      CREATE TABLE mails (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT mails_pkey PRIMARY KEY,
        recipient text NOT NULL,
        sealed_content text NOT NULL,
        created_at timestamptz NOT NULL,
        sent_at timestamptz
      )`);
    await runner.query('CREATE INDEX mails_by_recipient ON mails (recipient, id DESC)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mails');
    await runner.query('DROP TABLE login_failures');
    await runner.query('DROP TABLE one_time_secrets');
  }
}
