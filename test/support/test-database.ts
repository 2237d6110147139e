import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** global-setup.mjs makes it, and gives it its rights in the template. */
const SERVICE_ROLE = { username: 'gatehouse_service', password: 'service-role-of-the-tests' };

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
  /** By the role of the service, which may do no more than it needs; of an empty database, by its owner. */
  readonly url: string;
  /** By a superuser, who owns everything. */
  readonly ownerUrl: string;
  /** Runs one statement by a connection of its own, as the superuser. */
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
  const owner = new URL(serverUrl());
  owner.pathname = `/${name}`;
  const service = new URL(owner);
  Object.assign(service, SERVICE_ROLE);
  return {
    url: migrated ? service.href : owner.href,
    ownerUrl: owner.href,
    drop: () => admin(async (client) => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`))),
    query: async <Row>(text: string, values: unknown[] = []) => {
      const client = new pg.Client({ connectionString: owner.href });
      await client.connect();
      try {
        return (await client.query(text, values)).rows as Row[];
      } finally {
        await client.end();
      }
    },
  };
}
