import { Throttle } from '@gatehouse/guessing';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { eventually } from '../support/eventually.js';
import { holdLock } from '../support/held-lock.js';
import { type Answer, send } from '../support/http.js';
import { atOnce, camel, freshName, mailsTo, newPerson, tally } from '../support/race-client.js';
import { describeWithRedis, RedisServer } from '../support/redis-server.js';
import { type Service, startService } from '../support/start-service.js';
import { testDatabase, type TestDatabase } from '../support/test-database.js';
import { TurnableClock } from '../support/turnable-clock.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const LIMITS = { THROTTLE: 'true', THROTTLE_LOGIN_NETWORK: '5/1m,8/1h', THROTTLE_LOGIN_TARGET: '3/1m' };
const PASSED = 401;

/** Two nodes that share a database, a clock and, where there is one, a Redis. */
async function twoNodes(database: TestDatabase, env: Record<string, string> = {}): Promise<Service[]> {
  const clock = new TurnableClock();
  const node = () => startService({ database, clock, env: { ...LIMITS, ...env } });
  return [await node(), await node()];
}

/** As many logins at once, over both nodes in turn. */
const logins = (nodes: Service[], count: number, name?: string): Promise<Answer[]> =>
  atOnce(count, (i) => camel.login((nodes[i % 2] as Service).url, name ?? freshName(), 'wrong password'));

const retryAfter = ({ headers }: Answer): number => Number(headers['retry-after']);

function countTogether(nodes: () => Service[]): void {
  const advance = (ms: number): void => (nodes()[0] as Service).clock.advance(ms);
  beforeEach(() => advance(HOUR));

  it('let through what the limit says and no more, and take nothing from the next window by refusing', async () => {
    expect(tally(await logins(nodes(), 40))).toEqual({ [PASSED]: 5, 429: 35 });
    advance(MINUTE);
    expect(tally(await logins(nodes(), 40))).toEqual({ [PASSED]: 3, 429: 37 });
  });

  it('however close together they come: nothing between the requests but the counting', async () => {
    const [first, second] = nodes().map(({ nest }) => nest.get(Throttle, { strict: false })) as [
      Throttle,
      Throttle,
    ];
    for (let round = 0; round < 20; round++) {
      const network = `round ${round}`;
      // counters that are there already, and some that are not
      if (round % 2) await first.take('login', { network });
      const verdicts = await atOnce(60, (i) => (i % 2 ? first : second).take('login', { network }));
      expect(verdicts.filter((refusal) => !refusal)).toHaveLength(round % 2 ? 4 : 5);
    }
  });

  it('say when the next one passes, whichever limit it waits for', async () => {
    await logins(nodes(), 5);
    const [minute] = (await logins(nodes(), 1)) as [Answer];
    expect(retryAfter(minute)).toBeGreaterThan(50);
    expect(retryAfter(minute)).toBeLessThanOrEqual(60);
    advance((retryAfter(minute) - 2) * SECOND);
    expect(tally(await logins(nodes(), 2))).toEqual({ 429: 2 });
    advance(2 * SECOND);
    expect(tally(await logins(nodes(), 4))).toEqual({ [PASSED]: 3, 429: 1 });
    const [hour] = (await logins(nodes(), 1)) as [Answer];
    expect(retryAfter(hour)).toBeGreaterThan(58 * 60);
    advance((retryAfter(hour) - 2) * SECOND);
    expect(tally(await logins(nodes(), 2))).toEqual({ 429: 2 });
    advance(2 * SECOND);
    expect(tally(await logins(nodes(), 6))).toEqual({ [PASSED]: 5, 429: 1 });
  });

  it("one name's requests beyond its limit take no room from the others of its network", async () => {
    const name = freshName();
    expect(tally(await logins(nodes(), 20, name))).toEqual({ [PASSED]: 3, 429: 17 });
    expect(tally(await logins(nodes(), 20))).toEqual({ [PASSED]: 2, 429: 18 });
  });
}

describe('two nodes without Redis', () => {
  let database: TestDatabase;
  let nodes: Service[];
  beforeAll(async () => {
    database = await testDatabase();
    // of the two counts of a mail the one in its transaction alone
    nodes = await twoNodes(database, { THROTTLE_MAIL_NETWORK: 'off' });
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await database.drop();
  });

  countTogether(() => nodes);

  it('let a login pass where PostgreSQL cannot count; a mail is 503 then, and its retry is mailed', async () => {
    const [node] = nodes as [Service];
    node.clock.advance(HOUR);
    const { email } = await newPerson(node);
    const forgot = () => send('POST', `${node.url}/camel/api/v1/auth/password-reset`, { body: { email } });
    const resets = async () =>
      (await mailsTo(node, email)).filter(({ subject }) => subject.includes('Reset')).length;
    const lock = await holdLock(database, 'LOCK TABLE throttle_counters');
    const [login, mail] = await Promise.all([camel.login(node.url, freshName(), 'wrong password'), forgot()]);
    await lock.release();
    expect([login.status, mail.status]).toEqual([PASSED, 503]);
    expect(await resets()).toBe(0);
    expect((await forgot()).status).toBe(200);
    expect(await resets()).toBe(1);
  });

  it('keep no name in a counter, and sweep those that are over', async () => {
    const [node] = nodes as [Service];
    node.clock.advance(HOUR);
    await logins(nodes, 2, 'ada.lovelace');
    const keys = async () =>
      (await database.query<{ key: string }>('SELECT key FROM throttle_counters')).map(({ key }) => key);
    expect((await keys()).filter((key) => key.startsWith('login target'))).not.toHaveLength(0);
    expect((await keys()).join()).not.toMatch(/ada/i);
    const throttle = node.nest.get(Throttle, { strict: false });
    for (let swept = 1; swept > 0;) swept = await throttle.sweepExpired(2);
    expect(await keys()).toHaveLength(3);
    node.clock.advance(MINUTE);
    expect(await throttle.sweepExpired(1)).toBe(1);
    expect(await throttle.sweepExpired(100)).toBe(1);
    expect(await keys()).toEqual([expect.stringContaining(`login network ${HOUR} `)]);
  });
});

describeWithRedis('two nodes with Redis', () => {
  let redis: RedisServer;
  let proxy: CuttableProxy;
  let database: TestDatabase;
  let nodes: Service[];
  beforeAll(async () => {
    redis = await RedisServer.start();
    proxy = await CuttableProxy.before(() => redis.url);
    database = await testDatabase();
    nodes = await twoNodes(database, { REDIS_URL: proxy.url });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await database.drop();
    await proxy.close();
    await redis.stop();
  }, 60_000);

  const counters = async (): Promise<number> => {
    const [row] = await database.query<{ count: number }>('SELECT count(*)::int FROM throttle_counters');
    return row?.count ?? 0;
  };
  const said = (event: string): number =>
    nodes.flatMap(({ log }) => log).filter((line) => line.includes(`"${event}"`)).length;

  countTogether(() => nodes);

  it('count in Redis alone, beside the denylist, and nothing there stays', async () => {
    (nodes[0] as Service).clock.advance(HOUR);
    await logins(nodes, 4, 'ada.lovelace');
    expect(await counters()).toBe(0);
    const keys = (await redis.command('KEYS', '*')) as string[];
    expect(keys.join()).not.toMatch(/ada/i);
    const counting = keys.filter((key) => key !== 'deny');
    expect(counting.length).toBeGreaterThan(2);
    for (const key of counting) {
      expect(key).toMatch(/^throttle:/);
      expect(await redis.command('PTTL', key)).toBeGreaterThan(0);
    }
  });

  it.each([
    ['is cut off', () => proxy.cut(), () => proxy.mend()],
    ['does not answer', () => redis.freeze(), () => redis.thaw()],
    [
      'has no room',
      () => redis.command('CONFIG', 'SET', 'maxmemory', '1'),
      () => redis.command('CONFIG', 'SET', 'maxmemory', '0'),
    ],
  ] as const)('count in PostgreSQL while Redis %s, say so once, and come back', async (_, lose, mend) => {
    (nodes[0] as Service).clock.advance(HOUR);
    const before = [said('throttle_in_postgres'), said('throttle_in_redis')];
    await lose();
    try {
      expect(tally(await logins(nodes, 40))).toEqual({ [PASSED]: 5, 429: 35 });
      expect(await counters()).toBeGreaterThan(0);
      expect(said('throttle_in_postgres')).toBe((before[0] as number) + nodes.length);
    } finally {
      await mend();
    }
    await eventually('both nodes to count in Redis again', async () => {
      await logins(nodes, 2);
      return said('throttle_in_redis') === (before[1] as number) + nodes.length;
    });
  });
});
