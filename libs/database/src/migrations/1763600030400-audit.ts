import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The record that is only ever added to. The trigger refuses the table's owner and superusers too, even where triggers
 * are off for replication. Old rows go by `gatehouse prune-audit` alone: it sets `gatehouse.prune_audit` for its
 * transaction, which opens DELETE to a role that has the right. (Disabling the trigger would lock out every login.)
 */
export class Audit1763600030400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_events (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_events_pkey PRIMARY KEY,
        at timestamptz NOT NULL,
        event text NOT NULL,
        user_id bigint,
        session_id uuid,
        actor text,
        contract text,
        client_id uuid,
        ip text,
        user_agent text,
        request_id text,
        details jsonb NOT NULL
      )`);
    await runner.query('CREATE INDEX audit_events_by_user ON audit_events (user_id, at, id)');
    await runner.query('CREATE INDEX audit_events_by_time ON audit_events (at, id)');
    await runner.query(`
      CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' AND current_setting('gatehouse.prune_audit', true) = 'on' THEN
          RETURN NULL;
        END IF;
        RAISE EXCEPTION 'audit_events is only ever added to: % is refused', TG_OP
          USING ERRCODE = 'insufficient_privilege', HINT = 'gatehouse prune-audit removes old events';
      END $$`);
    await runner.query(`
      CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`);
    await runner.query('ALTER TABLE audit_events ENABLE ALWAYS TRIGGER audit_events_append_only');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_events');
    await runner.query('DROP FUNCTION refuse_audit_change()');
  }
}
