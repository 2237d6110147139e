import { nowPlus, type Statement } from '@gatehouse/database';

/**
 * Past both of its limits for a day, and so is every token that was made for it: neither a refresh nor a revocation can
 * concern it any more, however much clocks differ. @param now the time, as SQL
 */
const expired = (now: string): string =>
  `greatest(least(idle_expires_at, expires_at), access_expires_at) < ${now} - interval '1 day'`;

/**
 * The next sessions by id, and which of them have expired. There is no index of idle expiry on purpose: each refresh
 * moves it, and PostgreSQL would then write to every index of the table at each refresh (no heap-only tuple). The walk
 * by primary key costs a read of each session now and then instead. $1 the id to begin after, $2 clock offset, $3 how
 * many to look at, $4 how many to give.
 */
export const lookForExpired: Statement = {
  name: 'sessions.look-for-expired',
  text: `
    WITH looked AS MATERIALIZED (
      SELECT id, ${expired(nowPlus(2))} AS expired FROM sessions WHERE id > $1 ORDER BY id LIMIT $3
    )
    SELECT (SELECT id FROM looked ORDER BY id DESC OFFSET $3::int - 1) AS last,
           array(SELECT id::text FROM looked WHERE expired ORDER BY id LIMIT $4) AS found`,
};

/** What ended more than ten minutes ago every node knows from its revocation, which has a row of its own. */
const SETTLED = `${nowPlus(2)} - interval '10 minutes'`;

/**
 * Whose sessions have ended since $1, as text with all its digits; a day ago where that is null. $2 clock offset, $3 how
 * many ends to look at.
 */
export const lookForEnds: Statement = {
  name: 'sessions.look-for-ends',
  text: `
    WITH looked AS MATERIALIZED (
      SELECT user_id, ended_at FROM sessions
      WHERE ended_at > coalesce($1::timestamptz, ${nowPlus(2)} - interval '1 day') AND ended_at <= ${SETTLED}
      ORDER BY ended_at LIMIT $3
    )
    SELECT (SELECT max(ended_at)::text FROM looked) AS last, (SELECT count(*)::int FROM looked) AS looked,
           array(SELECT DISTINCT user_id::text FROM looked) AS users`,
};

/** The ended sessions of accounts $1 beyond the newest $3 of each. $2 clock offset, $4 how many to give. */
export const surplusEnded: Statement = {
  name: 'sessions.surplus-ended',
  text: `
    SELECT surplus.id FROM unnest($1::bigint[]) AS account CROSS JOIN LATERAL (
      SELECT id, ended_at FROM sessions WHERE user_id = account AND ended_at IS NOT NULL
      ORDER BY ended_at DESC, id DESC OFFSET $3::int) surplus
    WHERE surplus.ended_at <= ${SETTLED}
    ORDER BY surplus.id LIMIT $4`,
};

/** A session may have thousands of these: they go first, in batches of their own. $1 sessions, $2 how many. */
export const removeSpent: Statement = {
  name: 'sessions.remove-spent',
  text: `
    WITH gone AS (
      DELETE FROM spent_refresh_tokens WHERE hash = ANY(ARRAY(
        SELECT hash FROM spent_refresh_tokens WHERE session_id = ANY($1::uuid[])
        ORDER BY session_id LIMIT $2 FOR UPDATE SKIP LOCKED))
      RETURNING 1
    )
    SELECT count(*)::int AS removed FROM gone`,
};

/** Sessions $1, which have ended or expired: no way leads back from that. Whichever somebody holds is left for later. */
export const removeSessions: Statement = {
  name: 'sessions.remove',
  text: `
    WITH chosen AS MATERIALIZED (
      SELECT id FROM sessions s
      WHERE id = ANY($1::uuid[]) AND NOT EXISTS (SELECT FROM spent_refresh_tokens WHERE session_id = s.id)
      ORDER BY id FOR UPDATE SKIP LOCKED
    ), gone AS (
      DELETE FROM sessions USING chosen WHERE sessions.id = chosen.id RETURNING 1
    )
    SELECT count(*)::int AS removed FROM gone`,
};
