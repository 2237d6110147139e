/**
 * What a call leaves behind that committed and died before it could acknowledge: each is one statement, and nobody is
 * told. $1 session.
 */
export const ENDED = `
  WITH ended AS (
    UPDATE sessions SET ended_at = now(), end_reason = 'logged_out' WHERE id = $1 RETURNING id, access_expires_at
  )
  INSERT INTO revocations (sid, value, keep_until)
  SELECT id, '*', access_expires_at + interval '1 minute' FROM ended
  ON CONFLICT (sid) DO UPDATE SET value = '*', published_at = NULL`;

const outdated = (change: string): string => `
  WITH changed AS (
    UPDATE users SET ${change} WHERE id = (SELECT user_id FROM sessions WHERE id = $1)
  ), outdated AS (
    UPDATE sessions SET gen = gen + 1 WHERE id = $1 RETURNING id, gen, access_expires_at
  )
  INSERT INTO revocations (sid, value, keep_until)
  SELECT id, gen || '@0', access_expires_at + interval '1 minute' FROM outdated`;

export const MADE_ADMIN = outdated(`role = 'ADMIN'`);
export const RENAMED = outdated(`username = 'renamed', username_key = 'renamed'`);

/** After one of those: a refresh that replaced the access token, in an hour (which is another revocation's value). */
export const REPLACED = `
  WITH rotated AS (
    UPDATE sessions SET gen = gen + 1 WHERE id = $1 RETURNING id, gen
  )
  UPDATE revocations r SET value = rotated.gen || '@' || (extract(epoch FROM now()) * 1000 + 3600000)::bigint
  FROM rotated WHERE r.sid = rotated.id`;
