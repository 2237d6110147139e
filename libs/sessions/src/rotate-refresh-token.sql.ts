import { recordEvents } from '@gatehouse/audit';
import { millis, nowPlus, type Statement } from '@gatehouse/database';
import type { SessionId } from '@gatehouse/kernel';
import { recordRevocations, type RevokedRow } from '@gatehouse/tokens';
import { keepUntil } from './revoked-rows.sql.js';

const NOW = nowPlus(9);

/**
 * One statement decides a refresh. It locks the row before it judges, or the loser of a race would judge by its old
 * snapshot; then a verdict, then one update. The account is read in that snapshot all the same, and locking it would not
 * help (FOR KEY SHARE gives the old version, a stronger lock waits the wrong way round). But whoever changes what tokens
 * say of an account moves its sessions on too: the generations tell whether that may have happened, `moved`.
 *
 * $1 session, $2 contract, $3 client application, $4 hash presented, $5 whether our signature proves that it was ours,
 * $6 hash of its successor, $7 grace, $8 idle time, $9 clock offset, $10 life of an access token, $11 whether an
 * unverified address is refused, $12 act (durations in milliseconds). Of refreshes only a reuse is recorded.
 */
export const rotateRefreshToken: Statement = {
  name: 'sessions.rotate',
  text: `
    WITH s AS MATERIALIZED (
      SELECT * FROM sessions WHERE id = $1 FOR UPDATE
    ), judged AS (
      SELECT s.*, u.uuid, u.username, u.email, u.role,
             s.gen <> (SELECT gen FROM sessions WHERE id = $1) AS moved, CASE
        WHEN s.contract <> $2 OR s.client_id IS DISTINCT FROM $3::uuid THEN 'foreign'
        WHEN s.ended_at IS NOT NULL OR u.status = 'BLOCKED' THEN 'ended'
        WHEN least(s.idle_expires_at, s.expires_at) <= ${NOW} THEN 'expired'
        WHEN $11::boolean AND u.email_verified_at IS NULL
          AND (s.leaf = $4 OR (s.parent = $4 AND s.rotated_at + ${millis(7)} > ${NOW})) THEN 'unverified'
        WHEN s.leaf = $4 AND s.rotates THEN 'rotated'
        WHEN s.leaf = $4 THEN 'kept'
        WHEN s.parent = $4 AND s.rotated_at + ${millis(7)} > ${NOW} THEN 'again'
        WHEN s.parent = $4 OR $5::boolean OR EXISTS (
          SELECT FROM spent_refresh_tokens spent WHERE spent.hash = $4 AND spent.session_id = s.id) THEN 'reused'
        ELSE 'unknown'
      END AS verdict
      FROM s JOIN users u ON u.id = s.user_id
    ), rotated AS (
      UPDATE sessions SET
        gen = sessions.gen + 1,
        parent = sessions.leaf,
        leaf = $6,
        rotated_at = ${NOW},
        last_seen_at = ${NOW},
        idle_expires_at = least(${NOW} + ${millis(8)}, sessions.expires_at),
        access_expires_at = greatest(sessions.access_expires_at, ${NOW} + ${millis(10)} + ${millis(7)})
      FROM judged WHERE sessions.id = judged.id AND judged.verdict = 'rotated'
      RETURNING sessions.*
    ), kept AS (
      UPDATE sessions SET
        last_seen_at = ${NOW},
        idle_expires_at = least(${NOW} + ${millis(8)}, sessions.expires_at),
        access_expires_at = greatest(sessions.access_expires_at, ${NOW} + ${millis(10)})
      FROM judged WHERE sessions.id = judged.id AND judged.verdict = 'kept'
      RETURNING sessions.*
    ), ended AS (
      UPDATE sessions SET ended_at = ${NOW}, end_reason = 'refresh_token_reused'
      FROM judged WHERE sessions.id = judged.id AND judged.verdict = 'reused'
      RETURNING sessions.*
    ), spent AS (
      INSERT INTO spent_refresh_tokens (hash, session_id)
      SELECT $4, id FROM rotated WHERE format = 'uuid'
      ON CONFLICT DO NOTHING
    ), recorded AS (
      ${recordEvents('$12', NOW, `SELECT 'refresh_token_reused', user_id, id, '{}'::jsonb FROM ended`)}
    ), revoked AS (
      ${recordRevocations(`
        SELECT id, '*', ${keepUntil('ended')} FROM ended
        UNION ALL
        SELECT id, gen || '@' || floor(extract(epoch FROM ${NOW} + ${millis(7)}) * 1000)::bigint, ${keepUntil('rotated')}
        FROM rotated WHERE format = 'access'`)}
    )
    SELECT judged.verdict, judged.user_id, judged.uuid, judged.username, judged.email, judged.role, judged.moved,
           judged.rotates, judged.format, row.gen, row.leaf, row.rotated_at, row.created_at, row.idle_expires_at,
           row.expires_at, ${NOW} AS now, revoked.sid, revoked.value, revoked.keep_until, false AS published
    FROM judged
    CROSS JOIN LATERAL (
      SELECT gen, leaf, rotated_at, created_at, idle_expires_at, expires_at FROM rotated
      UNION ALL SELECT gen, leaf, rotated_at, created_at, idle_expires_at, expires_at FROM kept
      UNION ALL SELECT judged.gen, judged.leaf, judged.rotated_at, judged.created_at, judged.idle_expires_at, judged.expires_at
      WHERE judged.verdict NOT IN ('rotated', 'kept')
    ) row
    LEFT JOIN revoked ON true`,
};

export type Verdict =
  'foreign' | 'ended' | 'expired' | 'unverified' | 'rotated' | 'kept' | 'again' | 'reused' | 'unknown';

/** With what it has revoked, `sid` and what follows, or nulls there. */
export interface RotationRow extends Omit<RevokedRow, 'sid'> {
  readonly sid: SessionId | null;
  readonly verdict: Verdict;
  readonly user_id: string;
  readonly uuid: string;
  readonly username: string | null;
  readonly email: string;
  readonly role: 'USER' | 'ADMIN';
  /** Whether the three may have changed since they were read. */
  readonly moved: boolean;
  readonly rotates: boolean;
  readonly format: 'jwt' | 'uuid' | 'access';
  readonly gen: number;
  readonly leaf: Buffer;
  readonly rotated_at: Date | null;
  readonly created_at: Date;
  readonly idle_expires_at: Date;
  readonly expires_at: Date;
  readonly now: Date;
}
