import type { TestDatabase } from './test-database.js';

const TABLES = [
  'users',
  'sessions',
  'spent_refresh_tokens',
  'revocations',
  'one_time_secrets',
  'mails',
  'login_failures',
];

const QUERY = TABLES.map(
  (table) =>
    `SELECT '${table}' AS name, count(*)::int AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS content FROM ${table} t`,
).join(' UNION ALL ');

/** How many rows each table holds and a digest of them: equal before and after means that nothing was written. */
export const storedState = (database: TestDatabase): Promise<unknown> => database.query(QUERY);
