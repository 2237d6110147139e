import { millis, nowPlus, type Statement } from '@gatehouse/database';
import { recordRevocations, type RevokedRow } from '@gatehouse/tokens';
import { keepUntil } from './revoked-rows.sql.js';

const NOW = nowPlus(5);

/**
 * Gives a live session a new refresh secret, underived from the old one, and kills every token that it had: for who
 * has set a new password and goes on. $1 session, $2 contract, $3 client application, $4 hash of the new secret,
 * $5 clock offset, $6 idle time, $7 life of an access token (milliseconds).
 */
export const renewSession: Statement = {
  name: 'sessions.renew',
  text: `
    WITH s AS MATERIALIZED (
      SELECT id, ended_at, contract = $2 AND client_id IS NOT DISTINCT FROM $3::uuid AS own
      FROM sessions WHERE id = $1 FOR UPDATE
    ), renewed AS (
      UPDATE sessions SET
        gen = sessions.gen + 1,
        parent = NULL,
        leaf = $4,
        rotated_at = ${NOW},
        last_seen_at = ${NOW},
        idle_expires_at = least(${NOW} + ${millis(6)}, sessions.expires_at),
        access_expires_at = greatest(sessions.access_expires_at, ${NOW} + ${millis(7)})
      FROM s WHERE sessions.id = s.id AND s.own AND s.ended_at IS NULL
      RETURNING sessions.*
    ), revoked AS (
      ${recordRevocations(`SELECT id, gen || '@0', ${keepUntil('renewed')} FROM renewed`)}
    )
    SELECT s.ended_at IS NOT NULL AS ended, r.gen, r.rotates, r.rotated_at, r.idle_expires_at, r.expires_at,
           revoked.sid, revoked.value, revoked.keep_until, false AS published
    FROM s LEFT JOIN renewed r ON r.id = s.id LEFT JOIN revoked ON revoked.sid = s.id`,
};

/** With the revocation of the earlier tokens, where the session was renewed. */
export interface RenewedRow extends RevokedRow {
  readonly ended: boolean;
  /** Null, like all that follows, where the session was not renewed. */
  readonly gen: number | null;
  readonly rotates: boolean;
  readonly rotated_at: Date;
  readonly idle_expires_at: Date;
  readonly expires_at: Date;
}
