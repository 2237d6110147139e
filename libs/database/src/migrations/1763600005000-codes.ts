import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Codes1763600005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE one_time_codes (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT one_time_codes_pkey PRIMARY KEY,
        hash bytea NOT NULL,
        user_id bigint NOT NULL CONSTRAINT one_time_codes_user REFERENCES users ON DELETE CASCADE,
        email_key text NOT NULL,
        client_id uuid CONSTRAINT one_time_codes_client REFERENCES clients ON DELETE CASCADE,
        network text NOT NULL,
        wrong_tries integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        voided_at timestamptz
      )`);
    await runner.query('CREATE INDEX one_time_codes_by_user ON one_time_codes (user_id, created_at)');
    await runner.query(
      'CREATE INDEX one_time_codes_by_place ON one_time_codes (client_id, network, expires_at)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE one_time_codes');
  }
}
