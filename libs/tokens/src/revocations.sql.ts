import { nowPlus, type Statement } from '@gatehouse/database';

export const revocationOf: Statement = {
  name: 'tokens.revocation-of',
  text: 'SELECT value FROM revocations WHERE sid = $1',
};

/** Those that still refuse something, and that the denylist is not known to hold. */
export const countUnpublished: Statement = {
  name: 'tokens.count-unpublished',
  text: `
    SELECT count(*)::int AS count FROM revocations
    WHERE published_at IS NULL AND keep_until > ${nowPlus(1)}`,
};

/** What of a revocation's value (an SQL expression) holds at once, as a value: without what `G@T` says from T on. */
export const refusedAtOnce = (value: string): string => `
  CASE WHEN ${value} = '*' OR ${value} LIKE '%@0' THEN ${value}
       ELSE (split_part(${value}, '@', 1)::int - 1) || '@0' END`;

/**
 * The part of a statement that notes revocations; `rows` selects `(sid, value, keep_until)`, ordered by `sid` where
 * there may be several, or two such statements could deadlock. A value never goes back: `*` stays, and a generation
 * only grows. A changed value is unpublished again. Gives what it wrote: `(sid, value, keep_until)`.
 */
export const recordRevocations = (rows: string): string => `
  INSERT INTO revocations AS r (sid, value, keep_until) ${rows}
  ON CONFLICT (sid) DO UPDATE
  SET value = excluded.value, keep_until = greatest(r.keep_until, excluded.keep_until), published_at = NULL
  WHERE r.value <> '*'
    AND (excluded.value = '*' OR split_part(excluded.value, '@', 1)::int > split_part(r.value, '@', 1)::int)
  RETURNING r.sid, r.value, r.keep_until`;
