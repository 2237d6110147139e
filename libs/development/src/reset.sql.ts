import type { Statement } from '@gatehouse/database';
import { keepUntil } from '@gatehouse/sessions';
import { recordRevocations } from '@gatehouse/tokens';

/** What outlives a reset: the schema's own history, the keys, and what refuses the tokens of before. */
const KEPT = ['migrations', 'signing_keys', 'revocations', 'denylist'];

/** All other tables, whichever those are by now, as a list for a statement. */
const EMPTIED = `(
  SELECT string_agg(format('%I', tablename), ', ' ORDER BY tablename) FROM pg_tables
  WHERE schemaname = current_schema() AND tablename <> ALL ('{${KEPT.join(',')}}'))`;

/**
 * Nobody writes any more, and whoever wrote has committed. All of them are taken in one moment, or none: who waits for
 * one while it holds others meets requests that take them in another order.
 */
export const lockTables: Statement = {
  name: 'development.lock-tables',
  text: `
    DO $$
    BEGIN
      LOOP
        BEGIN
          EXECUTE 'LOCK TABLE ' || ${EMPTIED} || ' IN ACCESS EXCLUSIVE MODE NOWAIT';
          EXIT;
        EXCEPTION WHEN lock_not_available THEN
          PERFORM pg_sleep(0.005);
        END;
      END LOOP;
    END $$`,
};

/**
 * Revokes every session whose access tokens may be alive, or may come alive again when the clock is turned back.
 * $1 offset of that clock. Gives what to acknowledge.
 */
export const revokeSessions: Statement = {
  name: 'development.revoke-sessions',
  text: `
    WITH revoked AS (
      ${recordRevocations(`
        SELECT id, '*', ${keepUntil('sessions')} FROM sessions
        WHERE ${keepUntil('sessions')} > now() + $1::float8 * interval '1 millisecond' ORDER BY id`)}
    )
    SELECT sid, value, keep_until, false AS published FROM revoked`,
};

/**
 * Empties them. Triggers that forbid it stand aside meanwhile. Numbers go on where they were: an id that a request of
 * before still carries must not be somebody else's.
 */
export const emptyTables: Statement = {
  name: 'development.empty-tables',
  text: `
    DO $$
    DECLARE
      aside text;
      back text;
    BEGIN
      SELECT string_agg(format('ALTER TABLE %s DISABLE TRIGGER %I;', tgrelid::regclass, tgname), ''),
             string_agg(format('ALTER TABLE %s ENABLE %s TRIGGER %I;', tgrelid::regclass,
               CASE tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, tgname), '')
      INTO aside, back
      FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
      WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal AND tgenabled <> 'D'
        AND tgtype & 32 <> 0; -- TRIGGER_TYPE_TRUNCATE
      IF aside IS NOT NULL THEN EXECUTE aside; END IF;
      EXECUTE 'TRUNCATE ' || ${EMPTIED};
      IF back IS NOT NULL THEN EXECUTE back; END IF;
    END $$`,
};
