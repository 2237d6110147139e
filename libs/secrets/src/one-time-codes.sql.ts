import { millis, nowPlus, type Statement } from '@gatehouse/database';

/** Codes whose place (application and network) is the same must differ: whoever issues one there waits for the others. */
export const lockPlace: Statement = {
  name: 'codes.lock-place',
  text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
};

export const issuedToday: Statement = {
  name: 'codes.issued-today',
  text: `SELECT count(*)::int AS count FROM one_time_codes WHERE user_id = $1 AND created_at > ${nowPlus(2)} - interval '1 day'`,
};

export const voidCodes: Statement = {
  name: 'codes.void',
  text: `
    UPDATE one_time_codes SET voided_at = ${nowPlus(2)}
    WHERE user_id = $1 AND used_at IS NULL AND voided_at IS NULL AND expires_at > ${nowPlus(2)}`,
};

const live = (offset: number, tries: number): string =>
  `used_at IS NULL AND voided_at IS NULL AND wrong_tries < $${tries} AND expires_at > ${nowPlus(offset)}`;

/** Inserts nothing where a live code of the same place has the same digits, under whichever key ($9: under each). */
export const insertCode: Statement = {
  name: 'codes.insert',
  text: `
    INSERT INTO one_time_codes (hash, user_id, email_key, client_id, network, created_at, expires_at)
    SELECT $1, $2, $3, $4::uuid, $5, ${nowPlus(6)}, ${nowPlus(6)} + ${millis(7)}
    WHERE NOT EXISTS (
      SELECT FROM one_time_codes
      WHERE hash = ANY($9) AND client_id IS NOT DISTINCT FROM $4::uuid AND network = $5 AND ${live(6, 8)})
    RETURNING id`,
};

/** $1 the account, where one is named; else $2 the application and $3 the network. */
const SCOPE = `(($1::bigint IS NOT NULL AND user_id = $1)
  OR ($1::bigint IS NULL AND client_id = $2::uuid AND network = $3))`;

export const outstanding: Statement = {
  name: 'codes.outstanding',
  text: `
    SELECT count(*)::int AS count, max(user_id) FILTER (WHERE hash = ANY($6)) AS owner
    FROM one_time_codes WHERE ${SCOPE} AND ${live(4, 5)}`,
};

/**
 * Spends the code that was meant, or counts a wrong try against every code that may have been meant, in one statement
 * that locks them first: parallel guesses all count.
 */
export const tryCode: Statement = {
  name: 'codes.try',
  text: `
    WITH candidates AS MATERIALIZED (
      SELECT id, hash = ANY($6) AS hit FROM one_time_codes
      WHERE ${SCOPE} AND ${live(4, 5)}
      ORDER BY id FOR UPDATE
    ), missed AS (
      UPDATE one_time_codes SET wrong_tries = wrong_tries + 1
      WHERE id IN (SELECT id FROM candidates) AND NOT EXISTS (SELECT FROM candidates WHERE hit)
    )
    UPDATE one_time_codes SET used_at = ${nowPlus(4)}
    WHERE id IN (SELECT id FROM candidates WHERE hit)
    RETURNING user_id, email_key`,
};
