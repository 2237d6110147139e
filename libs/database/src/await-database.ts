import pg from 'pg';
import { OperatorError } from '@gatehouse/kernel';

/** The database that a setting names cannot be used; the message says why. */
export class DatabaseUnreachable extends OperatorError {
  override readonly name = 'DatabaseUnreachable';
}

/** How long a service that starts together with its database waits for it. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 500;
/** What waiting does not mend: wrong password, no such role, no such database, not allowed. */
const FINAL = /^(28|3D000|42501)/;

/**
 * Waits until PostgreSQL at `url` accepts connections, for half a minute at the most.
 * Throws DatabaseUnreachable, at once where waiting would not help. Where `signal` is aborted it gives up in silence: the
 * caller no longer wants the database. @param setting where the URL stands
 */
export async function awaitDatabase(
  url: string,
  progress: (line: string) => unknown,
  {
    patience = PATIENCE_MS,
    signal,
    setting = 'DATABASE_URL',
  }: { patience?: number; signal?: AbortSignal | undefined; setting?: string } = {},
): Promise<void> {
  const deadline = Date.now() + patience;
  for (let tries = 0; ; tries++) {
    const failure = await tryOnce(url);
    if (!failure || signal?.aborted) return;
    if (FINAL.test(failure.code) || Date.now() >= deadline) {
      throw new DatabaseUnreachable(
        `${setting}: PostgreSQL at ${placeOf(url)} cannot be used: ${failure.message}`,
      );
    }
    if (tries === 0) progress(`waiting for PostgreSQL at ${placeOf(url)} (${failure.message})`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** Host and database, without user and password. */
const placeOf = (url: string): string => {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
};

async function tryOnce(connectionString: string): Promise<{ code: string; message: string } | undefined> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3_000 });
  // a late error of a connection that was given up is nobody's
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return undefined;
  } catch (error) {
    const { code, message } = (error instanceof AggregateError ? error.errors[0] : error) as {
      code?: string;
      message: string;
    };
    return { code: code ?? '', message: message || code || 'no answer' };
  } finally {
    await client.end().catch(() => undefined);
  }
}
