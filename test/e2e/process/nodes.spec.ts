import { until } from '../../support/data-dirs.js';
import { holdLock } from '../../support/held-lock.js';
import { bearer, send } from '../../support/http.js';
import { camel, freshName } from '../../support/race-client.js';
import {
  endLeftovers,
  launch,
  running,
  type RunningService,
  SERVICE,
  startProcess,
} from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

const NODES = 3;

describe('several nodes that start at once on one empty database', () => {
  let database: TestDatabase;
  let nodes: RunningService[];

  beforeAll(async () => {
    database = await testDatabase({ migrated: false });
    const settings = {
      GATEHOUSE_MODE: 'development',
      DATABASE_URL: database.url,
      JWT_ISSUER: 'http://localhost',
    };
    nodes = await Promise.all(Array.from({ length: NODES }, () => startProcess(settings)));
  }, 60_000);
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  it('become ready, all of them, and complain of nothing', async () => {
    for (const { url, process } of nodes) {
      expect((await send('GET', `${url}/health/ready`)).status).toBe(200);
      expect(process.output.stderr).toBe('');
    }
  });

  it('made one schema, one signing key, one admin and one of each application', async () => {
    const migrated = nodes.filter(({ process }) => process.output.stdout.includes('migrated the database'));
    expect(migrated).toHaveLength(1);
    const names = await database.query<{ name: string }>('SELECT name FROM migrations');
    expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
    const [counts] = await database.query(
      `SELECT (SELECT count(*)::int FROM signing_keys) AS keys, (SELECT count(*)::int FROM users) AS users,
              (SELECT count(*)::int FROM clients) AS clients`,
    );
    expect(counts).toEqual({ keys: 1, users: 1, clients: 2 });
    const sets = await Promise.all(nodes.map(({ url }) => send('GET', `${url}/.well-known/jwks.json`)));
    expect(new Set(sets.map(({ text }) => text)).size).toBe(1);
  });

  it('accept the token of each other, and refuse it at once when one has revoked it', async () => {
    for (const [index, { url }] of nodes.entries()) {
      const username = freshName();
      const { access } = camel.tokensOf(
        await camel.register(url, { username, email: `${username}@example.com` }),
      );
      const statuses = () =>
        Promise.all(
          nodes.map(async (node) => {
            const answer = await send('PUT', `${node.url}/v1/auth/token/verify`, { headers: bearer(access) });
            return answer.status;
          }),
        );
      expect(await statuses()).toEqual([200, 200, 200]);
      const revoker = nodes[(index + 1) % NODES] as RunningService;
      expect((await camel.logout(revoker.url, access)).status).toBe(200);
      expect(await statuses()).toEqual([401, 401, 401]);
    }
  });

  it('rotate a refresh token of each other, and go on when one of them stops', async () => {
    const [first, second, third] = nodes as [RunningService, RunningService, RunningService];
    const username = freshName();
    const opened = camel.tokensOf(
      await camel.register(first.url, { username, email: `${username}@example.com` }),
    );
    const rotated = await camel.refresh(second.url, opened);
    expect(rotated.status).toBe(200);
    expect((await first.stop()).code).toBe(0);
    expect((await camel.refresh(third.url, camel.tokensOf(rotated))).status).toBe(200);
  });
});

describe('nodes that find no signing key at the same moment', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await testDatabase()));
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  it('make one between them', async () => {
    // whoever has seen that there is none waits here before it makes one
    const lock = await holdLock(database, 'LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE');
    const settings = { GATEHOUSE_MODE: 'development', DATABASE_URL: database.url };
    const launched = [launch(SERVICE, settings), launch(SERVICE, settings)];
    await until('both nodes wait to make a key', async () => {
      const waiting = await database.query(
        `SELECT FROM pg_locks WHERE relation = 'signing_keys'::regclass AND NOT granted`,
      );
      return waiting.length === launched.length;
    });
    await lock.release();
    const sets = await Promise.all(
      launched.map(async (node) => send('GET', `${(await running(node)).url}/.well-known/jwks.json`)),
    );
    expect(sets.map(({ json }) => json.keys.length)).toEqual([1, 1]);
    expect(sets[0]?.text).toBe(sets[1]?.text);
    expect(await database.query('SELECT kid FROM signing_keys')).toHaveLength(1);
  });
});
