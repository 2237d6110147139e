import { recordEvents } from '@gatehouse/audit';
import { millis, nowPlus, type Statement } from '@gatehouse/database';
import { endChosen } from './end-session.sql.js';

/** The statement's own time, not its transaction's: one that waited for another login opens the newer session. */
const NOW = `(statement_timestamp() + $11::float8 * interval '1 millisecond')`;

/** Live sessions of account $1. @param now the time, as SQL */
const live = (now: string): string =>
  `sessions WHERE user_id = $1 AND ended_at IS NULL AND least(idle_expires_at, expires_at) > ${now}`;

/**
 * A session is born by one statement, from the account as it is now: a login that races a password change or a block
 * finds another `credential_version`, or BLOCKED, and opens nothing. It holds the account's row, so that a change which
 * comes second sees this session; and it gives back what its tokens say, as it is in that moment.
 *
 * It counts in its snapshot, which is older than its hold of the row. So it opens nothing either where that row has
 * moved in between (by another login, say), or where the account has its number of sessions already: then it is to be
 * run again after `lockForLogin` and `endSurplus`, in one transaction.
 *
 * $1 account, $2 its credential version, $3 session, $4 contract, $5 client application, $6 channel, $7 format,
 * $8 whether it rotates, $9 hash of the refresh secret, $10 address, $11 clock offset, $12 user agent, $13 idle time,
 * $14 longest life, $15 life of an access token, $16 live sessions at the most, $17 act (durations in milliseconds).
 */
export const openSession: Statement = {
  name: 'sessions.open',
  text: `
    WITH seen AS MATERIALIZED (
      SELECT id, xmin AS version FROM users WHERE id = $1
    ), account AS (
      UPDATE users SET last_login_at = ${NOW}
      FROM seen
      WHERE users.id = seen.id AND users.xmin = seen.version AND credential_version = $2 AND status <> 'BLOCKED'
        AND NOT EXISTS (SELECT FROM ${live(NOW)} OFFSET $16::int - 1)
      RETURNING users.id, users.username, users.email, users.role
    ), opened AS (
      INSERT INTO sessions (id, user_id, contract, client_id, channel, format, rotates, leaf, ip, user_agent,
                            created_at, last_seen_at, idle_expires_at, expires_at, access_expires_at)
      SELECT $3, id, $4, $5, $6, $7, $8, $9, $10, $12, ${NOW}, ${NOW},
             ${NOW} + least(${millis(13)}, ${millis(14)}), ${NOW} + ${millis(14)}, ${NOW} + ${millis(15)}
      FROM account
      RETURNING created_at, idle_expires_at, expires_at
    ), recorded AS (
      ${recordEvents('$17', NOW, `SELECT 'logged_in', account.id, $3::uuid, '{}'::jsonb FROM account CROSS JOIN opened`)}
    )
    SELECT account.username, account.email, account.role, opened.* FROM account CROSS JOIN opened`,
};

/** Holds the account's row for a login that may go on. $1 account, $2 its credential version. */
export const lockForLogin: Statement = {
  name: 'sessions.lock-for-login',
  text: `
    SELECT id FROM users WHERE id = $1 AND credential_version = $2 AND status <> 'BLOCKED' FOR NO KEY UPDATE`,
};

/** Ends an account's oldest live sessions, so that there is room for one more of $4. $1 account, $2 clock offset, $3 reason, $5 act. */
export const endSurplus: Statement = {
  name: 'sessions.end-surplus',
  text: `
    WITH surplus AS MATERIALIZED (
      SELECT id FROM ${live(nowPlus(2))} ORDER BY created_at DESC, id DESC OFFSET $4::int - 1
    ), chosen AS MATERIALIZED (
      SELECT id, ended_at, access_expires_at FROM sessions WHERE id IN (SELECT id FROM surplus) ORDER BY id FOR UPDATE
    ), ${endChosen('$5')}`,
};
