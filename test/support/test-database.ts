import { randomUUID } from 'node:crypto';
import pg from 'pg';

const serverUrl = (): string => {
  const url = process.env['GATEHOUSE_TEST_POSTGRES'];
  if (!url) throw new Error('the global setup has not started PostgreSQL');
  return url;
};

const admin = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

export interface TestDatabase {
  readonly url: string;
  /** Runs one statement by a connection of its own. */
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** A database that nobody else uses. @param migrated with the schema of today, else empty */
export async function testDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // Copying the template fails while another suite copies it, so one at a time.
  await admin(async (client) => {
    await client.query('SELECT pg_advisory_lock(1)');
    await client.query(`CREATE DATABASE ${name}${migrated ? ' TEMPLATE gatehouse_template' : ''}`);
  });
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => admin(async (client) => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`))),
    query: async <Row>(text: string, values: unknown[] = []) => {
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      try {
        return (await client.query(text, values)).rows as Row[];
      } finally {
        await client.end();
      }
    },
  };
}
