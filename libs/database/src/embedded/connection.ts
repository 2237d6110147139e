import pg from 'pg';
import { wrongPassword } from './cluster.js';
import type { DataDir } from './data-dir.js';
import { codeOf, DataDirBusyError, EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isAlive, poll } from './process-state.js';
import type { RunningServer } from './running-server.js';

/** The database the service uses; the lock is held in `postgres`, so the service's own locks cannot meet it. */
export const DATABASE = 'gatehouse';

const ANSWER_LIMIT_MS = 60_000;
/** A killed owner's lock is free as soon as the server notices, within moments. */
const CLAIM_LIMIT_MS = 2_000;
const LOCK = [0x67617465, 1] as const;

/** The URL of a database on the server, as superuser. */
export function urlOf(server: RunningServer, password: string, database: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${server.port}/${database}`;
}

/**
 * Connects to `postgres` as soon as the server lets us in. Gives undefined if the server ends first.
 * @throws EmbeddedPostgresError if it refuses our password, or does not answer
 */
export async function reach(
  dataDir: DataDir,
  server: RunningServer,
  password: string,
): Promise<pg.Client | undefined> {
  const found = await poll(ANSWER_LIMIT_MS, async () => {
    const client = new pg.Client({
      connectionString: urlOf(server, password, 'postgres'),
      application_name: 'gatehouse data directory',
      connectionTimeoutMillis: 5_000,
    });
    // a connection that breaks later is seen by its 'end' event
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      void client.end().catch(() => undefined);
      if (codeOf(error) === '28P01') throw wrongPassword(dataDir);
      // starting up, recovering or shutting down: the process decides what comes next
      return !isAlive(server.pid) && ('ended' as const);
    }
  });
  if (found === 'ended') return undefined;
  if (found) return found;
  throw new EmbeddedPostgresError(
    `PostgreSQL (process ${server.pid}) uses DATA_DIR ${dataDir.path}, but does not answer on port ${server.port}: stop that process, then start again. Its log is ${dataDir.logFile}.`,
  );
}

/** Takes the lock that makes this process the owner of the data directory, for as long as the connection lasts. @throws DataDirBusyError */
export async function claim(client: pg.Client, dataDir: DataDir): Promise<void> {
  const claimed = await poll(
    CLAIM_LIMIT_MS,
    async () => {
      const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS got', [
        ...LOCK,
      ]);
      return rows[0]?.got;
    },
    50,
  );
  if (claimed) return;
  await client.end();
  throw new DataDirBusyError(dataDir.path);
}

/** Creates the service's database if it is missing. */
export async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rowCount) return;
  try {
    await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    // made by another process in this moment: duplicate_database, or the unique index behind it
    if (!['42P04', '23505'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** Whether a query failed because the connection is gone, as it is when a server shuts down. */
export function isBrokenConnection(error: unknown): boolean {
  const code = codeOf(error);
  // 57P..: shut down or crashed; pg itself reports the rest without a code
  if (code) return /^(57P|08|ECONNRESET|EPIPE)/.test(code);
  return error instanceof Error && /connection (terminated|error)|not queryable/i.test(error.message);
}
