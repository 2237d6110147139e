import net from 'node:net';
import { DataSource } from 'typeorm';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { dataSourceOptions } from './data-source-options.js';
import { isDatabaseUnavailable, violatedUnique } from './database-errors.js';

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => Promise.reject(new Error('it was expected to fail')),
    (error: unknown) => error,
  );

async function thrownByConnecting(options: pg.ClientConfig): Promise<unknown> {
  const client = new pg.Client(options);
  client.on('error', () => undefined);
  return thrownBy(client.connect());
}

/** A server that is no PostgreSQL. */
async function pretender(
  behave: (socket: net.Socket) => unknown,
): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    behave(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> => {
    sockets.forEach((socket) => socket.destroy());
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { port: (server.address() as net.AddressInfo).port, close };
}

describe('errors of a real PostgreSQL', () => {
  let database: TestDatabase;
  let client: pg.Client;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await testDatabase({ migrated: false });
    await database.query(
      'CREATE TABLE things (id int CONSTRAINT things_id_unique UNIQUE, small int CHECK (small < 10))',
    );
    await database.query('INSERT INTO things VALUES (1, 1)');
    dataSource = await new DataSource({ ...dataSourceOptions(database.url, 2), migrations: [] }).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    client = new pg.Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
  });
  afterEach(() => client.end().catch(() => undefined));

  describe('that pass', () => {
    it('a server that does not listen', async () => {
      expect(isDatabaseUnavailable(await thrownByConnecting({ host: '127.0.0.1', port: 1 }))).toBe(true);
      // Two addresses, and so an AggregateError.
      expect(isDatabaseUnavailable(await thrownByConnecting({ host: 'localhost', port: 1 }))).toBe(true);
    });

    it('a host that does not resolve', async () => {
      expect(isDatabaseUnavailable(await thrownByConnecting({ host: 'nowhere.invalid' }))).toBe(true);
    });

    it('a server that accepts and says nothing', async () => {
      const { port, close } = await pretender(() => undefined);
      const options = { host: '127.0.0.1', port, connectionTimeoutMillis: 100 };
      const pool = new pg.Pool(options);
      expect(isDatabaseUnavailable(await thrownBy(pool.query('SELECT 1')))).toBe(true);
      expect(isDatabaseUnavailable(await thrownByConnecting(options))).toBe(true);
      await close();
      await pool.end();
    });

    it('a server that hangs up', async () => {
      const { port, close } = await pretender((socket) => socket.destroy());
      expect(isDatabaseUnavailable(await thrownByConnecting({ host: '127.0.0.1', port }))).toBe(true);
      await close();
    });

    it('a connection that an administrator ended, while it works and afterwards', async () => {
      const [{ pid }] = (await client.query('SELECT pg_backend_pid() AS pid')).rows as [{ pid: number }];
      const working = thrownBy(client.query('SELECT pg_sleep(30)'));
      await database.query('SELECT pg_terminate_backend($1)', [pid]);
      expect(isDatabaseUnavailable(await working)).toBe(true);
      expect(isDatabaseUnavailable(await thrownBy(client.query('SELECT 1')))).toBe(true);
    });

    it('a statement that takes too long, by the server or by the driver', async () => {
      await client.query('SET statement_timeout = 20');
      expect(isDatabaseUnavailable(await thrownBy(client.query('SELECT pg_sleep(30)')))).toBe(true);
      const hasty = new pg.Client({ connectionString: database.url, query_timeout: 20 });
      await hasty.connect();
      expect(isDatabaseUnavailable(await thrownBy(hasty.query('SELECT pg_sleep(1)')))).toBe(true);
      await hasty.end();
    });

    it('a lock that is not given', async () => {
      await client.query('BEGIN');
      await client.query('SELECT FROM things FOR UPDATE');
      const waiting = database.query('SELECT FROM things FOR UPDATE NOWAIT');
      expect(isDatabaseUnavailable(await thrownBy(waiting))).toBe(true);
      await client.query('ROLLBACK');
    });

    it('any of them in the wrapping of TypeORM', async () => {
      const failing = dataSource.transaction(async (manager) => {
        await manager.query('SET LOCAL statement_timeout = 20');
        await manager.query('SELECT pg_sleep(30)');
      });
      const error = await thrownBy(failing);
      expect(error).toHaveProperty('driverError');
      expect(isDatabaseUnavailable(error)).toBe(true);
    });
  });

  it.each([
    'SELECT nothing FROM nowhere',
    'SELEKT 1',
    'SELECT 1 / 0',
    'INSERT INTO things VALUES (1, 1)',
    'INSERT INTO things VALUES (2, 10)',
    `SELECT 'timeout exceeded'::int`,
  ])('that stay: %s', async (text) => {
    expect(isDatabaseUnavailable(await thrownBy(client.query(text)))).toBe(false);
    expect(isDatabaseUnavailable(await thrownBy(dataSource.query(text)))).toBe(false);
  });

  it.each([undefined, null, 'ECONNREFUSED', { code: 5 }, new Error('another'), new AggregateError([])])(
    'that are none: %p',
    (error) => {
      expect(isDatabaseUnavailable(error)).toBe(false);
      expect(violatedUnique(error)).toBeUndefined();
    },
  );

  it('violatedUnique names the constraint of a duplicate, and of nothing else', async () => {
    expect(violatedUnique(await thrownBy(client.query('INSERT INTO things VALUES (1, 1)')))).toBe(
      'things_id_unique',
    );
    expect(violatedUnique(await thrownBy(client.query('INSERT INTO things VALUES (2, 10)')))).toBeUndefined();
    expect(violatedUnique(await thrownBy(client.query('SELEKT 1')))).toBeUndefined();
  });
});
