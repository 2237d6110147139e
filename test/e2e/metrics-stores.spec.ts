import { CuttableProxy } from '../support/cuttable-proxy.js';
import { eventually } from '../support/eventually.js';
import { type Exposition, scrape } from '../support/exposition.js';
import { holdLock } from '../support/held-lock.js';
import { send } from '../support/http.js';
import { camel, freshName } from '../support/race-client.js';
import { describeWithRedis, RedisServer } from '../support/redis-server.js';
import { type Service, startService } from '../support/start-service.js';
import { testDatabase, type TestDatabase } from '../support/test-database.js';

/** What PostgreSQL alone knows. */
const STORED = ['gatehouse_mails_owed', 'gatehouse_revocations_unpublished'];
/** No scrape and no check may take longer: who asks goes away. */
const LIMIT_MS = 2_000;

const timed = async <T>(work: Promise<T>): Promise<[T, number]> => {
  const began = performance.now();
  return [await work, performance.now() - began];
};

/** A session whose logout is written, and published as soon as somebody can. */
async function openSession(service: Service): Promise<string> {
  const username = freshName();
  return camel.tokensOf(await camel.register(service.url, { username, email: `${username}@example.com` }))
    .access;
}

describe('without PostgreSQL', () => {
  let database: TestDatabase;
  let proxy: CuttableProxy;
  let service: Service;
  beforeAll(async () => {
    database = await testDatabase();
    proxy = await CuttableProxy.before(database.url);
    // so that what is unpublished has to be asked for
    const env = { REDIS_URL: 'redis://127.0.0.1:1' };
    service = await startService({ database: { ...database, url: proxy.url }, env });
  });
  afterEach(() => proxy.mend());
  afterAll(async () => {
    await service.stop();
    await proxy.close();
    await database.drop();
  });

  function expectAllButStored(told: Exposition): void {
    expect(told.value('gatehouse_postgres_up')).toBe(0);
    for (const name of STORED) expect(told.samples(name)).toEqual([]);
    for (const name of ['password_hashes_running', 'postgres_connections', 'denylist_source'])
      expect(told.samples(`gatehouse_${name}`)).not.toEqual([]);
    expect(told.value('nodejs_heap_size_used_bytes')).toBeGreaterThan(0);
  }

  async function expectAll(): Promise<void> {
    const told = await scrape(service.url);
    expect(told.value('gatehouse_postgres_up')).toBe(1);
    for (const name of STORED) expect(told.samples(name)).toHaveLength(1);
  }

  const untilBack = async (): Promise<void> => {
    await eventually('PostgreSQL to be back', async () => {
      const told = await scrape(service.url);
      return told.value('gatehouse_postgres_up') === 1;
    });
    await expectAll();
  };

  it.each<[string, () => void]>([
    ['refuses connections', () => proxy.cut()],
    ['hangs', () => proxy.silence()],
  ])('that %s a scrape leaves out what PostgreSQL knows, and /health/ready is 503, soon', async (_, take) => {
    await expectAll();
    take();
    for (let i = 0; i < 3; i++) {
      const [told, ms] = await timed(scrape(service.url));
      expectAllButStored(told);
      expect(ms).toBeLessThan(LIMIT_MS);
    }
    const [ready, ms] = await timed(send('GET', `${service.url}/health/ready`));
    expect(ready).toMatchObject({ status: 503, json: { status: 'unavailable', postgres: 'unreachable' } });
    expect(ready.json.denylist.source).toBe('postgres');
    expect(ms).toBeLessThan(LIMIT_MS);
    const [health, healthMs] = await timed(send('GET', `${service.url}/api/v1/auth/health`));
    expect(health).toMatchObject({ status: 503, json: { success: false } });
    expect(healthMs).toBeLessThan(LIMIT_MS);
    proxy.mend();
    await untilBack();
    expect(await send('GET', `${service.url}/health/ready`)).toMatchObject({ status: 200 });
  });

  it('that hangs scrape after scrape holds no more than two of its connections', async () => {
    await untilBack();
    proxy.silence();
    // each gives up long before PostgreSQL's statements do: five would need ten connections, which is the whole pool
    for (let i = 0; i < 5; i++) await scrape(service.url);
    expect((await scrape(service.url)).value('gatehouse_postgres_connections_waiting')).toBe(0);
  });
});

describe('a pool that is too small', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ env: { DATABASE_POOL: '2' } });
  });
  afterAll(() => service.stop());

  it('is seen by those who wait for a connection', async () => {
    const username = freshName();
    await camel.register(service.url, { username, email: `${username}@example.com` });
    const calm = await scrape(service.url);
    expect(calm.value('gatehouse_postgres_connections_waiting')).toBe(0);
    expect(calm.value('gatehouse_postgres_connections')).toBeLessThanOrEqual(2);
    const lock = await holdLock(service.database, 'SELECT FROM users WHERE username = $1 FOR UPDATE', [
      username,
    ]);
    const logins = Array.from({ length: 5 }, () => camel.login(service.url, username));
    await lock.untilWaiting(2);
    await eventually('three logins that wait', async () => {
      const told = await scrape(service.url);
      expect(told.value('gatehouse_postgres_connections', { state: 'busy' })).toBe(2);
      return (told.value('gatehouse_postgres_connections_waiting') as number) >= 3;
    });
    await lock.release();
    for (const { status } of await Promise.all(logins)) expect(status).toBe(200);
    await eventually('nobody to wait', async () => {
      const told = await scrape(service.url);
      return told.value('gatehouse_postgres_connections_waiting') === 0;
    });
  });
});

describeWithRedis('with Redis', () => {
  let redis: RedisServer;
  let service: Service;
  beforeAll(async () => {
    redis = await RedisServer.start();
    service = await startService({ env: { REDIS_URL: redis.url } });
  });
  afterAll(async () => {
    await service.stop();
    await redis.stop();
  });

  const source = async (): Promise<object | undefined> => {
    const [first, ...others] = (await scrape(service.url)).samples('gatehouse_denylist_source');
    expect(others).toEqual([]);
    return first;
  };
  const sourceIs = (name: string, reason: string): Promise<unknown> =>
    eventually(`${name} to be the source`, async () => {
      const labels = { source: name, reason };
      return (
        JSON.stringify(await source()) ===
        JSON.stringify({ name: 'gatehouse_denylist_source', labels, value: 1 })
      );
    });
  const ready = () => send('GET', `${service.url}/health/ready`);

  it('tells that Redis answers, and counts what it was asked', async () => {
    await sourceIs('redis', '');
    const access = await openSession(service);
    const answers = async (): Promise<number | undefined> =>
      (await scrape(service.url)).value('gatehouse_denylist_answers_total', { source: 'redis' });
    const before = (await answers()) as number;
    await send('PUT', `${service.url}/v1/auth/token/verify`, {
      headers: { authorization: `Bearer ${access}` },
    });
    expect(await answers()).toBe(before + 1);
    const age = (await scrape(service.url)).value('gatehouse_denylist_lease_age_seconds');
    expect(age).toBeGreaterThanOrEqual(0);
    expect(age).toBeLessThan(3);
    expect(await ready()).toMatchObject({
      status: 200,
      json: { status: 'ok', denylist: { source: 'redis' } },
    });
    expect((await ready()).json.denylist).toEqual({ source: 'redis' });
  });

  it('tells why it does not, stays ready, and counts what is unpublished until it is back', async () => {
    const [ended, other] = [await openSession(service), await openSession(service)];
    const unpublished = async (): Promise<number | undefined> =>
      (await scrape(service.url)).value('gatehouse_revocations_unpublished');
    expect(await unpublished()).toBe(0);
    redis.freeze();
    const logouts = [ended, other].map((access) => camel.logout(service.url, access));
    await eventually('two unpublished revocations', async () => (await unpublished()) === 2);
    for (const { status } of await Promise.all(logouts)) expect(status).toBe(200);
    await sourceIs('postgres', 'redis_unreachable');
    expect(await ready()).toMatchObject({
      status: 200,
      json: { status: 'ok', denylist: { source: 'postgres', reason: 'redis_unreachable' } },
    });
    redis.thaw();
    await sourceIs('redis', '');
    await eventually('all to be published', async () => (await unpublished()) === 0);
  });
});
