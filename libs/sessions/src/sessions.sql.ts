import { millis, nowPlus, type Statement } from '@gatehouse/database';
import { recordRevocations } from '@gatehouse/tokens';

/** A revocation is remembered a little longer than the last token that it refuses: nodes' clocks differ. */
const MARGIN = `interval '1 minute'`;

/**
 * A session is born by one statement, from the account as it was read: a login that races a password change or a
 * block finds another `credential_version`, or BLOCKED, and opens nothing. The update also holds the account's row,
 * so that a password change which comes second sees this session and ends it.
 */
export const openSession: Statement = {
  name: 'sessions.open',
  text: `
    WITH account AS (
      UPDATE users SET last_login_at = ${nowPlus(11)}
      WHERE id = $1 AND credential_version = $2 AND status <> 'BLOCKED'
      RETURNING id
    )
    INSERT INTO sessions (id, user_id, contract, client_id, channel, format, rotates, leaf, ip, user_agent,
                          created_at, last_seen_at, idle_expires_at, expires_at, access_expires_at)
    SELECT $3, id, $4, $5, $6, $7, $8, $9, $10, $12, ${nowPlus(11)}, ${nowPlus(11)},
           ${nowPlus(11)} + least(${millis(13)}, ${millis(14)}), ${nowPlus(11)} + ${millis(14)}, ${nowPlus(11)} + ${millis(15)}
    FROM account
    RETURNING created_at, idle_expires_at, expires_at`,
};

const END = `
    ended AS (
      UPDATE sessions SET ended_at = ${nowPlus(2)}, end_reason = $3
      FROM chosen WHERE sessions.id = chosen.id AND sessions.ended_at IS NULL
      RETURNING sessions.id, sessions.access_expires_at
    ), revoked AS (
      ${recordRevocations(`SELECT id, '*', access_expires_at + ${MARGIN} FROM ended`)}
    )
    SELECT id FROM ended`;

export const endSession: Statement = {
  name: 'sessions.end',
  text: `WITH chosen AS MATERIALIZED (SELECT id FROM sessions WHERE id = $1 FOR UPDATE), ${END}`,
};

/** All of an account's, but for one where $4 names it; locked in one order, or two of these could deadlock. */
export const endSessionsOf: Statement = {
  name: 'sessions.end-all',
  text: `
    WITH chosen AS MATERIALIZED (
      SELECT id FROM sessions
      WHERE user_id = $1 AND ended_at IS NULL AND ($4::uuid IS NULL OR id <> $4)
      ORDER BY id FOR UPDATE
    ), ${END}`,
};
