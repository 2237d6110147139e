import type { TestDatabase } from './test-database.js';

/**
 * Of mails only what a request writes: whether one has been delivered by now is a worker's doing. Of sessions not when
 * and from where they were used: that is written some time after the use.
 */
const TABLES: Record<string, string> = {
  users: 't',
  sessions: `(to_jsonb(t) - '{last_seen_at,ip}'::text[])`,
  spent_refresh_tokens: 't',
  revocations: 't',
  one_time_secrets: 't',
  one_time_codes: 't',
  mails: '(t.id, t.recipient, t.sealed_content, t.created_at)',
  login_failures: 't',
  clients: 't',
  client_secrets: 't',
};

const QUERY = Object.entries(TABLES)
  .map(
    ([table, row]) =>
      `SELECT '${table}' AS name, count(*)::int AS rows, md5(string_agg(${row}::text, '|' ORDER BY ${row}::text)) AS content FROM ${table} t`,
  )
  .join(' UNION ALL ');

/** How many rows each table holds and a digest of them: equal before and after means that nothing was written. */
export const storedState = (database: TestDatabase): Promise<unknown> => database.query(QUERY);
