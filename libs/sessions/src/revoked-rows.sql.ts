/** Until when what revokes this session's tokens must be remembered: a little longer than the last of them, since nodes' clocks differ. */
export const keepUntil = (session: string): string => `(${session}.access_expires_at + interval '1 minute')`;

/**
 * Whether the denylist is known to hold the end of this session. A statement that has waited for whoever ended it sees
 * the session as it is now, but not yet what was noted with it: what it does not see is not known to be published.
 */
export const endIsPublished = (session: string): string => `EXISTS (
      SELECT FROM revocations p WHERE p.sid = ${session}.id AND p.value = '*' AND p.published_at IS NOT NULL)`;

/**
 * The end of a statement with the parts `revoked` (what it has noted) and `chosen` (`id`, `ended_at` and
 * `access_expires_at` of the sessions that it looked at): all that it may answer for once every node knows. Among them
 * are sessions that had ended before, since whoever ended them may have died before anybody was told. What no living
 * token could carry any more is left out. @param now the time, as SQL
 */
export const revokedRows = (now: string): string => `
    SELECT sid, value, keep_until, false AS published FROM revoked WHERE keep_until > ${now}
    UNION ALL
    SELECT id, '*', ${keepUntil('chosen')}, ${endIsPublished('chosen')}
    FROM chosen WHERE ended_at IS NOT NULL AND ${keepUntil('chosen')} > ${now}`;
