import type { SessionId } from '@gatehouse/kernel';
import { millis, nowPlus, type Statement } from '@gatehouse/database';

/** Every change of the trusted server is told to all nodes here. */
export const CHANNEL = 'gatehouse_denylist';

const EPOCH_MS = (timestamp: string): string => `floor(extract(epoch FROM ${timestamp}) * 1000)::bigint`;

/**
 * One statement, one snapshot. Where no server is trusted nobody reads the unpublished rows, so they are not sent. A
 * replica may lag, and gives nothing. $1 clock offset.
 */
export const look: Statement = {
  name: 'denylist.look',
  text: `
    SELECT d.redis_id, d.epoch, r.sid, r.value, ${EPOCH_MS('r.keep_until')} AS keep_until
    FROM denylist d
    LEFT JOIN LATERAL (
      SELECT sid, value, keep_until FROM revocations
      WHERE d.redis_id IS NOT NULL AND published_at IS NULL AND keep_until > ${nowPlus(1)}
    ) r ON true
    WHERE NOT pg_is_in_recovery()`,
};

/** One row where nothing is unpublished: with `sid` null. */
export type LookRow = { readonly redis_id: string | null; readonly epoch: string } & (
  EntryRow | { readonly sid: null; readonly value: null; readonly keep_until: null }
);

export interface EntryRow {
  readonly sid: SessionId;
  readonly value: string;
  /** Milliseconds since the epoch; text, since it is a bigint. */
  readonly keep_until: string;
}

export const trusted: Statement = {
  name: 'denylist.trusted',
  text: 'SELECT redis_id, epoch FROM denylist',
};

/** $1 the server, $2 the epoch at which none was trusted. */
export const trust: Statement = {
  name: 'denylist.trust',
  text: `
    WITH changed AS (
      UPDATE denylist SET redis_id = $1, epoch = epoch + 1 WHERE redis_id IS NULL AND epoch = $2::bigint RETURNING epoch
    )
    SELECT pg_notify('${CHANNEL}', '') FROM changed`,
};

/** $1 the server. */
export const distrust: Statement = {
  name: 'denylist.distrust',
  text: `
    WITH changed AS (
      UPDATE denylist SET redis_id = NULL, epoch = epoch + 1 WHERE redis_id = $1 RETURNING epoch
    )
    SELECT pg_notify('${CHANNEL}', '') FROM changed`,
};

/**
 * $1 sessions, $2 the values that were written. A value that has changed since is left unpublished. The rows are locked
 * in the order in which they are revoked, or two of these could deadlock.
 */
export const markPublished: Statement = {
  name: 'denylist.mark-published',
  text: `
    WITH held AS MATERIALIZED (
      SELECT r.sid, r.value FROM revocations r
      JOIN unnest($1::uuid[], $2::text[]) AS written (sid, value) ON r.sid = written.sid AND r.value = written.value
      WHERE r.published_at IS NULL
      ORDER BY r.sid FOR UPDATE OF r
    )
    UPDATE revocations r SET published_at = now() FROM held WHERE r.sid = held.sid AND r.value = held.value`,
};

/** $1 the last session of the page before, $2 clock offset, $3 how many. */
export const livePage: Statement = {
  name: 'denylist.live-page',
  text: `
    SELECT sid, value, ${EPOCH_MS('keep_until')} AS keep_until FROM revocations
    WHERE sid > $1 AND keep_until > ${nowPlus(2)}
    ORDER BY sid LIMIT $3`,
};

/** $1 clock offset, $2 margin, $3 how many. Rows that somebody holds are left for another time. */
export const sweep: Statement = {
  name: 'denylist.sweep',
  text: `
    DELETE FROM revocations WHERE sid IN (
      SELECT sid FROM revocations WHERE keep_until < ${nowPlus(1)} - ${millis(2)}
      ORDER BY keep_until LIMIT $3 FOR UPDATE SKIP LOCKED
    ) RETURNING sid`,
};
