import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Sessions1763600003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sessions (
        id uuid CONSTRAINT sessions_pkey PRIMARY KEY,
        user_id bigint NOT NULL CONSTRAINT sessions_user REFERENCES users ON DELETE CASCADE,
        contract text NOT NULL,
        client_id uuid CONSTRAINT sessions_client REFERENCES clients ON DELETE CASCADE,
        channel text,
        format text NOT NULL,
        rotates boolean NOT NULL,
        gen integer NOT NULL DEFAULT 1,
        leaf bytea NOT NULL,
        parent bytea,
        rotated_at timestamptz,
        ip text NOT NULL,
        user_agent text,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        idle_expires_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        access_expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        end_reason text,
        CONSTRAINT sessions_format_known CHECK (format IN ('jwt', 'uuid', 'access')),
        CONSTRAINT sessions_end_has_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL))
      )`);
    await runner.query('CREATE INDEX sessions_by_user ON sessions (user_id, created_at DESC, id DESC)');
    await runner.query(`
      CREATE TABLE spent_refresh_tokens (
        hash bytea CONSTRAINT spent_refresh_tokens_pkey PRIMARY KEY,
        session_id uuid NOT NULL CONSTRAINT spent_refresh_tokens_session REFERENCES sessions ON DELETE CASCADE
      )`);
    await runner.query('CREATE INDEX spent_refresh_tokens_by_session ON spent_refresh_tokens (session_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE spent_refresh_tokens');
    await runner.query('DROP TABLE sessions');
  }
}
