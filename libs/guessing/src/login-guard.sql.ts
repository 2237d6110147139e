import { millis, nowPlus, type Statement } from '@gatehouse/database';

/**
 * Each statement begins with the same values: $1 identifier, $2 network, $3 failures that lock this pair, $4 failures that
 * lock the identifier on all networks but known ones, $5 clock offset, $6 how long a network is known.
 *
 * Rows of login_failures are locked in one order, a pair before the row of all networks (`*`), so that parallel guesses
 * wait for each other and never in a circle.
 */
export interface LockRow {
  /** Until the last of the locks ends. */
  readonly seconds: number;
}

const NOW = nowPlus(5);

const KNOWN = `EXISTS (
      SELECT FROM known_networks WHERE identifier = $1 AND network = $2 AND last_used_at > ${NOW} - ${millis(6)})`;

const LOCK = `
      SELECT max(ceil(extract(epoch FROM resets_at - ${NOW})))::int AS seconds FROM login_failures
      WHERE identifier = $1 AND network IN ($2, '*') AND resets_at > ${NOW}
        AND failures >= CASE network WHEN '*' THEN $4::int ELSE $3::int END
        AND (network <> '*' OR NOT ${KNOWN})
      HAVING count(*) > 0`;

export const lockOf: Statement = { name: 'guessing.lock-of', text: LOCK };

/** What follows INSERT INTO login_failures AS f: one more within the window; no row comes back at the limit. */
const oneMore = (limit: number, duration: number): string => `
      ON CONFLICT (identifier, network) DO UPDATE SET
        failures = CASE WHEN f.resets_at <= ${NOW} THEN 1 ELSE f.failures + 1 END,
        resets_at = CASE WHEN f.resets_at <= ${NOW} OR f.failures + 1 >= $${limit}::int
                         THEN ${NOW} + ${millis(duration)} ELSE f.resets_at END
      WHERE f.resets_at <= ${NOW} OR f.failures < $${limit}::int
      RETURNING f.failures`;

/**
 * Counts one failure, of the pair and then of all networks together, and decides in the same statement: no row comes back
 * once the limit of either is reached. The failure that reaches a limit starts the lock's own time.
 * Says whether it was that one. $7 the pair's window, $8 that of all networks.
 */
export const recordFailure: Statement = {
  name: 'guessing.record-failure',
  text: `
    WITH pair AS (
      INSERT INTO login_failures AS f (identifier, network, failures, resets_at)
      VALUES ($1, $2, 1, ${NOW} + ${millis(7)})${oneMore(3, 7)}
    ), everywhere AS (
      INSERT INTO login_failures AS f (identifier, network, failures, resets_at)
      SELECT $1, '*', 1, ${NOW} + ${millis(8)} FROM pair${oneMore(4, 8)}
    )
    SELECT pair.failures = $3::int OR coalesce(everywhere.failures = $4::int, false) AS locks
    FROM pair LEFT JOIN everywhere ON true
    WHERE everywhere.failures IS NOT NULL OR ${KNOWN}`,
};

/**
 * Clears the pair's count, and notes the network as known where that is not known or was noted some time ago: most logins
 * write neither. The count of all networks stays, or a guesser would only have to wait for the owner's next login.
 * $7 whether to note it, $8 for how long a note is fresh, $9 networks that are kept, the least recently used ones go.
 */
export const recordSuccess: Statement = {
  name: 'guessing.record-success',
  text: `
    WITH locked AS MATERIALIZED (${LOCK}
    ), cleared AS (
      DELETE FROM login_failures
      WHERE identifier = $1 AND network = $2 AND NOT (failures >= $3::int AND resets_at > ${NOW})
        AND NOT EXISTS (SELECT FROM locked)
    ), noted AS (
      INSERT INTO known_networks (identifier, network, last_used_at)
      SELECT $1, $2, ${NOW}
      WHERE $7::boolean AND NOT EXISTS (SELECT FROM locked) AND NOT EXISTS (
        SELECT FROM known_networks WHERE identifier = $1 AND network = $2 AND last_used_at > ${NOW} - ${millis(8)})
      ON CONFLICT (identifier, network) DO UPDATE SET last_used_at = excluded.last_used_at
      RETURNING network
    ), surplus AS (
      DELETE FROM known_networks WHERE EXISTS (SELECT FROM noted) AND ctid = ANY(ARRAY(
        SELECT ctid FROM known_networks WHERE identifier = $1 AND network <> $2
        ORDER BY last_used_at DESC, network OFFSET $9::int - 1))
    )
    SELECT seconds FROM locked`,
};

/** Of a new account. $1 identifier, $2 network, $3 clock offset. */
export const noteFirstNetwork: Statement = {
  name: 'guessing.note-first-network',
  text: `INSERT INTO known_networks (identifier, network, last_used_at) VALUES ($1, $2, ${nowPlus(3)})`,
};

/** Locks in the order in which failures do. $1 identifier. */
export const clear: Statement = {
  name: 'guessing.clear',
  text: `
    WITH counted AS MATERIALIZED (
      SELECT network FROM login_failures WHERE identifier = $1 ORDER BY network = '*', network FOR UPDATE
    )
    DELETE FROM login_failures USING counted
    WHERE identifier = $1 AND login_failures.network = counted.network`,
};

/** $1 rows at the most, $2 clock offset. */
export const sweepFailures: Statement = {
  name: 'guessing.sweep-failures',
  text: `
    DELETE FROM login_failures WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM login_failures WHERE resets_at <= ${nowPlus(2)} LIMIT $1 FOR UPDATE SKIP LOCKED))
    RETURNING network`,
};

/** $1 rows at the most, $2 clock offset, $3 how long a network is known. */
export const sweepNetworks: Statement = {
  name: 'guessing.sweep-networks',
  text: `
    DELETE FROM known_networks WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM known_networks WHERE last_used_at <= ${nowPlus(2)} - ${millis(3)} LIMIT $1
      FOR UPDATE SKIP LOCKED))
    RETURNING network`,
};
