import pg from 'pg';
import type { TestDatabase } from './test-database.js';

/** How long requests may take to queue up behind a lock; they themselves give up after 4 s. */
const PATIENCE_MS = 3_000;

export interface HeldLock {
  /** Waits until so many other statements wait for locks in this database. */
  untilWaiting(count: number): Promise<void>;
  /** Commits, which lets them go in the order in which they came. */
  release(): Promise<void>;
}

/**
 * Runs `sql` in a transaction and keeps it open, so that a test decides in which order requests that need the same
 * row get it, instead of hoping that they meet.
 */
export async function holdLock(
  database: TestDatabase,
  sql: string,
  values: unknown[] = [],
): Promise<HeldLock> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query('BEGIN');
  await client.query(sql, values);
  return {
    untilWaiting: async (count) => {
      const deadline = Date.now() + PATIENCE_MS;
      for (;;) {
        const waiting = await waitingIn(database);
        if (waiting === count) return;
        if (Date.now() > deadline)
          throw new Error(`${waiting} statements wait for the lock instead of ${count}`);
      }
    },
    release: async () => {
      await client.query('COMMIT');
      await client.end();
    },
  };
}

/** By a connection of its own: inside a transaction pg_stat_activity stands still. */
async function waitingIn(database: TestDatabase): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row?.count ?? 0;
}
