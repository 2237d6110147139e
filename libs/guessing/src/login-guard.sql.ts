import { millis, nowPlus, type Statement } from '@gatehouse/database';

export interface LockRow {
  /** Until the lock ends. */
  readonly seconds: number;
}

const LOCKED = `failures >= $3 AND resets_at > ${nowPlus(4)}`;
const REMAINING = `ceil(extract(epoch FROM resets_at - ${nowPlus(4)}))::int AS seconds`;

export const lockOf: Statement = {
  name: 'guessing.lock-of',
  text: `SELECT ${REMAINING} FROM login_failures WHERE identifier = $1 AND network = $2 AND ${LOCKED}`,
};

/**
 * Counts one failure and decides in the same statement: no row comes back once the limit is reached. The one that
 * reaches it starts the lock's own time.
 */
export const recordFailure: Statement = {
  name: 'guessing.record-failure',
  text: `
    INSERT INTO login_failures AS f (identifier, network, failures, resets_at)
    VALUES ($1, $2, 1, ${nowPlus(4)} + ${millis(5)})
    ON CONFLICT (identifier, network) DO UPDATE SET
      failures = CASE WHEN f.resets_at <= ${nowPlus(4)} THEN 1 ELSE f.failures + 1 END,
      resets_at = CASE WHEN f.resets_at <= ${nowPlus(4)} OR f.failures + 1 >= $3
                       THEN ${nowPlus(4)} + ${millis(5)} ELSE f.resets_at END
    WHERE f.resets_at <= ${nowPlus(4)} OR f.failures < $3
    RETURNING f.failures`,
};

export const recordSuccess: Statement = {
  name: 'guessing.record-success',
  text: `
    WITH cleared AS (
      DELETE FROM login_failures WHERE identifier = $1 AND network = $2 AND NOT (${LOCKED})
    )
    SELECT ${REMAINING} FROM login_failures WHERE identifier = $1 AND network = $2 AND ${LOCKED}`,
};

export const clear: Statement = {
  name: 'guessing.clear',
  text: 'DELETE FROM login_failures WHERE identifier = $1',
};
