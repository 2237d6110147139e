import type { Statement } from '@gatehouse/database';

export const revocationOf: Statement = {
  name: 'tokens.revocation-of',
  text: 'SELECT value FROM revocations WHERE sid = $1',
};

/**
 * The part of a statement that notes revocations; `rows` selects `(sid, value, keep_until)`. A value never goes back:
 * `*` stays, and a generation only grows. A changed value is unpublished again.
 */
export const recordRevocations = (rows: string): string => `
  INSERT INTO revocations AS r (sid, value, keep_until) ${rows}
  ON CONFLICT (sid) DO UPDATE
  SET value = excluded.value, keep_until = greatest(r.keep_until, excluded.keep_until), published_at = NULL
  WHERE r.value <> '*'
    AND (excluded.value = '*' OR split_part(excluded.value, '@', 1)::int > split_part(r.value, '@', 1)::int)`;
