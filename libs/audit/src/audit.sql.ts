import { nowPlus, type Statement } from '@gatehouse/database';
import type { Act } from './audit-event.js';

/** What a statement takes as its parameter for `act`. */
export const actValue = ({ actor, contract, clientId, ip, userAgent, requestId }: Act): string =>
  JSON.stringify({ actor, contract, client_id: clientId, ip, user_agent: userAgent, request_id: requestId });

/**
 * The part of a statement that records what the statement does: with it, or not at all, and without another round trip.
 * @param act the parameter that holds `actValue`, such as `$4`
 * @param now the time, as SQL
 * @param events selects `(event, user_id, session_id, details)`
 */
export const recordEvents = (act: string, now: string, events: string): string => `
  INSERT INTO audit_events (at, event, user_id, session_id, details, actor, contract, client_id, ip, user_agent, request_id)
  SELECT ${now}, e.event, e.user_id, e.session_id, e.details,
         a.actor, a.contract, a.client_id, a.ip, a.user_agent, a.request_id
  FROM (${events}) AS e (event, user_id, session_id, details)
  CROSS JOIN jsonb_to_record(${act}::jsonb) AS a
    (actor text, contract text, client_id uuid, ip text, user_agent text, request_id text)`;

/** $1 act, $2 clock offset, $3 event, $4 account, $5 session, $6 details. */
export const record: Statement = {
  name: 'audit.record',
  text: recordEvents('$1', nowPlus(2), 'SELECT $3::text, $4::bigint, $5::uuid, $6::jsonb'),
};

/**
 * Newest first. $1 account or null, $2 a keyed hash of a name that was tried, or null, $3 milliseconds back or null,
 * $4 the last id of the page before or null, $5 how many, $6 clock offset.
 */
export const listEvents: Statement = {
  name: 'audit.list',
  text: `
    SELECT id, at, event, user_id, session_id, actor, contract, client_id, ip, user_agent, request_id, details
    FROM audit_events
    WHERE ($1::bigint IS NULL OR user_id = $1)
      AND ($2::text IS NULL OR details->>'name' = $2)
      AND ($3::float8 IS NULL OR at >= ${nowPlus(6)} - $3::float8 * interval '1 millisecond')
      AND ($4::bigint IS NULL OR (at, id) < (SELECT p.at, p.id FROM audit_events p WHERE p.id = $4))
    ORDER BY at DESC, id DESC LIMIT $5`,
};

/** Lets the transaction that runs it delete from audit_events, where its role may; the trigger looks at this. */
export const allowPruning: Statement = {
  name: 'audit.allow-pruning',
  text: `SELECT set_config('gatehouse.prune_audit', 'on', true)`,
};

/** $1 before when, $2 how many. */
export const pruneBatch: Statement = {
  name: 'audit.prune-batch',
  text: `
    WITH pruned AS (
      DELETE FROM audit_events WHERE id IN (
        SELECT id FROM audit_events WHERE at < $1::timestamptz ORDER BY at, id LIMIT $2
      ) RETURNING id
    )
    SELECT count(*)::int AS rows FROM pruned`,
};

/** How this connection's role could change what is recorded; null: it could not. */
export const holdOnAudit: Statement = {
  name: 'audit.hold',
  text: `
    SELECT current_user AS role, CASE
      WHEN r.rolsuper THEN 'superuser'
      WHEN pg_has_role(t.relowner, 'USAGE') THEN 'owner'
      WHEN has_table_privilege(t.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER') THEN 'granted'
    END AS hold
    FROM pg_class t, pg_roles r
    WHERE t.oid = 'audit_events'::regclass AND r.rolname = current_user`,
};
