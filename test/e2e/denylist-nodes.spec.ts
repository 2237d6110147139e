import { Denylist } from '@gatehouse/tokens';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { eventually } from '../support/eventually.js';
import { send } from '../support/http.js';
import { camel, isAlive, newPerson, type Person } from '../support/race-client.js';
import { describeWithRedis, RedisServer } from '../support/redis-server.js';
import { type Service, startService } from '../support/start-service.js';
import { testDatabase, type TestDatabase } from '../support/test-database.js';

/** What a wait and a fill take, and something on top. */
const PATIENCE_MS = 20_000;

describeWithRedis('two nodes with one Redis, and a third without', () => {
  let redis: RedisServer;
  let proxy: CuttableProxy;
  let database: TestDatabase;
  let first: Service;
  let second: Service;
  let third: Service;

  const denylist = (node: Service): Denylist => node.nest.get(Denylist, { strict: false });
  const answeredByRedis = (...nodes: Service[]) =>
    eventually(
      'Redis to answer',
      () => nodes.every((node) => denylist(node).status().source === 'redis'),
      PATIENCE_MS,
    );

  /** The epoch, where a server is trusted; else 0. */
  const epoch = async (): Promise<number> => {
    const [row] = await database.query<{ epoch: string }>(
      'SELECT epoch FROM denylist WHERE redis_id IS NOT NULL',
    );
    return Number(row?.epoch ?? 0);
  };

  /** Whether the node accepts the token, and that it has asked whom it should. */
  async function isAcceptedBy(
    node: Service,
    { access }: Person,
    source: 'redis' | 'postgres',
  ): Promise<boolean> {
    const before = { ...denylist(node).answers };
    const alive = await isAlive(node.url, access);
    expect(denylist(node).answers).toEqual({ ...before, [source]: before[source] + 1 });
    return alive;
  }

  const logOut = async (node: Service, { access }: Person): Promise<void> => {
    expect((await camel.logout(node.url, access)).status).toBe(200);
  };

  beforeAll(async () => {
    redis = await RedisServer.start();
    // The server comes back on another port; its address stays.
    proxy = await CuttableProxy.before(() => redis.url);
    database = await testDatabase();
    const env = { REDIS_URL: proxy.url };
    [first, second, third] = await Promise.all([
      startService({ database, env }),
      startService({ database, env }),
      startService({ database }),
    ]);
    await answeredByRedis(first, second);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([first, second, third].map((node) => node.stop()));
    await database.drop();
    await proxy.close();
    await redis.stop();
  }, 60_000);

  it('say who answers, and why', async () => {
    const said = async (node: Service) => (await send('GET', `${node.url}/health/ready`)).json.denylist;
    expect(await said(first)).toEqual({ source: 'redis' });
    expect(await said(third)).toEqual({ source: 'postgres', reason: 'not_configured' });
  });

  it('refuse at once what the other has logged out, and ask Redis alone', async () => {
    const person = await newPerson(first);
    expect(await isAcceptedBy(second, person, 'redis')).toBe(true);
    await logOut(first, person);
    expect(await isAcceptedBy(second, person, 'redis')).toBe(false);
    expect(await isAcceptedBy(first, person, 'redis')).toBe(false);
    expect(await isAcceptedBy(third, person, 'postgres')).toBe(false);
  });

  it('refuse at once what the node without Redis has logged out, which takes it a while', async () => {
    const person = await newPerson(first);
    const began = performance.now();
    await logOut(third, person);
    expect(performance.now() - began).toBeGreaterThan(3_400);
    expect(await isAcceptedBy(first, person, 'redis')).toBe(false);
    expect(await isAcceptedBy(second, person, 'redis')).toBe(false);
  });

  const losses: Record<string, () => Promise<unknown>> = {
    'has been emptied': () => redis.command('FLUSHALL'),
    'was started again, empty': async () => {
      await redis.kill();
      proxy.drop();
      await redis.launch({ empty: true });
    },
  };

  it.each(Object.keys(losses))(
    'refuse and accept what they should when Redis %s, and come back to it',
    async (loss) => {
      const [gone, live] = [await newPerson(first), await newPerson(second)];
      await logOut(first, gone);
      const before = await epoch();
      await losses[loss]?.();
      for (const node of [first, second, third]) {
        expect(await isAlive(node.url, gone.access)).toBe(false);
        expect(await isAlive(node.url, live.access)).toBe(true);
      }
      await eventually('a copy to be trusted again', async () => (await epoch()) > before, PATIENCE_MS);
      await answeredByRedis(first, second);
      for (const node of [first, second]) {
        expect(await isAcceptedBy(node, gone, 'redis')).toBe(false);
        expect(await isAcceptedBy(node, live, 'redis')).toBe(true);
      }
      await logOut(second, live);
      expect(await isAcceptedBy(first, live, 'redis')).toBe(false);
    },
    60_000,
  );
});
