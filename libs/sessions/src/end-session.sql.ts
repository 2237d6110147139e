import { recordEvents } from '@gatehouse/audit';
import { nowPlus, type Statement } from '@gatehouse/database';
import { recordRevocations, refusedAtOnce } from '@gatehouse/tokens';
import { endIsPublished, keepUntil, revokedRows } from './revoked-rows.sql.js';

const NOW = nowPlus(2);

/**
 * The rest of a statement that ends the sessions in its part `chosen`, records that, and gives what to acknowledge.
 * $2 clock offset, $3 reason. @param act the parameter that says who acts @param which a further condition
 */
export const endChosen = (act: string, which = ''): string => `
    ended AS (
      UPDATE sessions SET ended_at = ${NOW}, end_reason = $3
      FROM chosen WHERE sessions.id = chosen.id AND sessions.ended_at IS NULL ${which}
      RETURNING sessions.id, sessions.user_id, sessions.access_expires_at
    ), recorded AS (
      ${recordEvents(act, NOW, `SELECT 'session_ended', user_id, id, jsonb_build_object('reason', $3::text) FROM ended ORDER BY id`)}
    ), revoked AS (
      ${recordRevocations(`SELECT id, '*', ${keepUntil('ended')} FROM ended ORDER BY id`)}
    )
    ${revokedRows(NOW)}`;

/** $1 session, $2 clock offset, $3 reason, $4 act. */
export const endSession: Statement = {
  name: 'sessions.end',
  text: `
    WITH chosen AS MATERIALIZED (
      SELECT id, ended_at, access_expires_at FROM sessions WHERE id = $1 FOR UPDATE
    ), ${endChosen('$4')}`,
};

/** Ended sessions whose end may still have to be told: they are chosen with the live ones. */
const UNTOLD = `(ended_at IS NOT NULL AND ${keepUntil('sessions')} > ${NOW} AND NOT ${endIsPublished('sessions')})`;

/**
 * All of an account's, but for one where $4 names it. All are locked in one order, that one included, or two of these
 * could deadlock; and one that ends while this waits for it stays chosen. $1 account, $2 clock offset, $3 reason, $5 act.
 */
export const endSessionsOf: Statement = {
  name: 'sessions.end-all',
  text: `
    WITH chosen AS MATERIALIZED (
      SELECT id, ended_at, access_expires_at FROM sessions
      WHERE user_id = $1 AND (ended_at IS NULL OR ${UNTOLD})
      ORDER BY id FOR UPDATE
    ), ${endChosen('$5', 'AND ($4::uuid IS NULL OR sessions.id <> $4)')}`,
};

/** Kills the access tokens of an account's live sessions, which live on themselves. $1 account, $2 clock offset. */
export const outdateAccessTokens: Statement = {
  name: 'sessions.outdate-access-tokens',
  text: `
    WITH chosen AS MATERIALIZED (
      SELECT id, ended_at, access_expires_at FROM sessions
      WHERE user_id = $1 AND (ended_at IS NULL OR ${UNTOLD})
      ORDER BY id FOR UPDATE
    ), outdated AS (
      UPDATE sessions SET gen = sessions.gen + 1
      FROM chosen WHERE sessions.id = chosen.id AND sessions.ended_at IS NULL
      RETURNING sessions.id, sessions.gen, sessions.access_expires_at
    ), revoked AS (
      ${recordRevocations(`SELECT id, gen || '@0', ${keepUntil('outdated')} FROM outdated ORDER BY id`)}
    )
    ${revokedRows(NOW)}`,
};

/**
 * What has been revoked of an account's sessions and is not known to be published. Of `G@T` only what it refuses at
 * once: that may be what is left of an earlier revocation; the rest has its own time. $1 account, $2 clock offset.
 */
export const untoldRevocations: Statement = {
  name: 'sessions.untold-revocations',
  text: `
    SELECT r.sid, ${refusedAtOnce('r.value')} AS value, r.keep_until, false AS published
    FROM sessions s JOIN revocations r ON r.sid = s.id
    WHERE s.user_id = $1 AND r.published_at IS NULL AND r.keep_until > ${NOW}`,
};
