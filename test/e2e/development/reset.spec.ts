import { Database } from '@gatehouse/database';
import { DevelopmentClock } from '@gatehouse/development';
import { Clock } from '@gatehouse/kernel';
import { Denylist } from '@gatehouse/tokens';
import { ExpiredSessions } from '../../../libs/sessions/src/expired-sessions.service.js';
import { Truth } from '../../../libs/tokens/src/denylist/truth.js';
import { eventually } from '../../support/eventually.js';
import { type Answer, bearer, send } from '../../support/http.js';
import { CONTRACT_IDS, openAccount, PASSWORD } from '../../support/open-account.js';
import { atOnce, camel, DIALECTS, newPerson, token } from '../../support/race-client.js';
import { describeWithRedis, RedisServer } from '../../support/redis-server.js';
import { type Service, startService } from '../../support/start-service.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

/** The service's own role may not empty tables; the one that owns them may. */
const rolesOf = ({ url, ownerUrl }: TestDatabase) => ({
  DATABASE_URL: url,
  MIGRATION_DATABASE_URL: ownerUrl,
});

const reset = async ({ url }: Service): Promise<void> => {
  const { status, text } = await send('POST', `${url}/dev/reset`);
  expect({ status, text }).toEqual({ status: 204, text: '' });
};

/** The same, by whoever verifies: the token contract. */
const verify = ({ url }: Service, access: string): Promise<Answer> =>
  send('PUT', `${url}/v1/auth/token/verify`, { headers: bearer(access) });

/** Asks nothing but the token: an account that is gone does not show here. */
const isAlive = async (service: Service, access: string): Promise<boolean> =>
  (await verify(service, access)).status === 200;

const rows = async ({ database }: Service, table: string): Promise<number> =>
  (await database.query<{ count: number }>(`SELECT count(*)::int FROM ${table}`))[0]?.count ?? -1;

describe('POST /dev/reset', () => {
  let database: TestDatabase;
  let service: Service;
  beforeEach(async () => {
    database = await testDatabase();
    service = await startService({ database, env: rolesOf(database), clock: new DevelopmentClock() });
  });
  afterEach(async () => {
    await service.stop();
    await database.drop();
  });

  it("leaves development's account and applications, and nothing of anybody else", async () => {
    const account = await openAccount(service);
    await token.login(service.url, account.username, 'a wrong password');
    const body = { name: 'shop', secret: 'shop-api-token', channels: ['web'] };
    expect((await send('POST', `${service.url}/dev/clients`, { body })).status).toBe(201);
    const keys = (await send('GET', `${service.url}/.well-known/jwks.json`)).json;
    await reset(service);
    const tables = await service.database.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'
       AND tablename NOT IN ('migrations', 'signing_keys', 'revocations', 'denylist')`,
    );
    const left = await Promise.all(
      tables.map(async ({ name }) => [name, await rows(service, name)] as const),
    );
    expect(left.filter(([, count]) => count > 0).sort()).toEqual([
      ['client_secrets', 2],
      ['clients', 2],
      ['users', 1],
    ]);
    expect((await token.login(service.url, account.username)).status).toBe(401);
    expect((await token.login(service.url, 'admin', 'gatehouse-admin')).status).toBe(200);
    const login = { email: 'admin@gatehouse.localhost', password: 'gatehouse-admin' };
    for (const [apiToken, status] of [
      ['dev-api-token', 200],
      ['shop-api-token', 401],
    ] as const) {
      const headers = { 'api-token': apiToken, channel: 'web' };
      const answer = await send('POST', `${service.url}/channel/api/auth/login`, { headers, body: login });
      expect(answer.status).toBe(status);
    }
    expect((await send('GET', `${service.url}/.well-known/jwks.json`)).json).toEqual(keys);
    // Numbers are not given twice: whoever still carries one of before must not be taken for somebody else.
    expect((await newPerson(service)).id).toBeGreaterThan(account.id);
  });

  it('refuses the tokens of before, those that were verified a moment ago included', async () => {
    const account = await openAccount(service);
    const tokens = CONTRACT_IDS.map((contract) => account[contract].accessToken);
    for (const access of tokens) expect((await verify(service, access)).status).toBe(200);
    await reset(service);
    for (const access of tokens) {
      const { status, headers } = await verify(service, access);
      expect([status, headers['www-authenticate']]).toEqual([401, expect.stringContaining('revoked')]);
    }
    for (const dialect of DIALECTS) {
      const { accessToken: access, refreshToken: refresh } = account[dialect.name];
      expect((await dialect.refresh(service.url, { access, refresh })).status).toBe(401);
    }
  });

  it('turns the clock back, and no token comes alive again by that', async () => {
    const [logged, ended] = [await newPerson(service), await newPerson(service)];
    expect((await camel.logout(service.url, ended.access)).status).toBe(200);
    service.clock.advance(100 * 86_400_000);
    // What removes old sessions and revocations must not go by a clock that is about to be turned back.
    await service.nest.get(ExpiredSessions, { strict: false }).removeExpired(500);
    await new Truth(
      service.nest.get(Database, { strict: false }),
      service.nest.get(Clock, { strict: false }),
    ).sweep(0);
    const later = await newPerson(service);
    expect(await isAlive(service, later.access)).toBe(true);
    await reset(service);
    expect((await send('GET', `${service.url}/dev/clock`)).json.offsetMs).toBe(0);
    for (const { access } of [logged, ended, later]) expect(await isAlive(service, access)).toBe(false);
    const [admin] = await service.database.query<{ late: boolean }>(
      'SELECT created_at > now() AS late FROM users',
    );
    expect(admin).toEqual({ late: false });
  });

  it('lets no login through that it races', async () => {
    const { username } = await newPerson(service);
    const [answers] = await Promise.all([
      atOnce(20, () => token.login(service.url, username, PASSWORD)),
      reset(service),
    ]);
    for (const answer of answers) {
      expect([200, 401]).toContain(answer.status);
      if (answer.status === 200) expect(await isAlive(service, token.tokensOf(answer).access)).toBe(false);
    }
    expect(await rows(service, 'sessions')).toBe(0);
  });

  it('may be sent several times at once', async () => {
    await newPerson(service);
    await atOnce(4, () => reset(service));
    expect([await rows(service, 'users'), await rows(service, 'clients')]).toEqual([1, 2]);
  });

  it('empties a table that refuses it, and leaves its guard as it was', async () => {
    await service.database.query(`
      CREATE TABLE events (text text);
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append only'; END $$;
      CREATE TRIGGER events_kept BEFORE TRUNCATE ON events EXECUTE FUNCTION refuse();
      ALTER TABLE events ENABLE ALWAYS TRIGGER events_kept;
      INSERT INTO events VALUES ('x')`);
    await reset(service);
    expect(await rows(service, 'events')).toBe(0);
    await expect(service.database.query('TRUNCATE events')).rejects.toThrow('append only');
    expect(
      await service.database.query(`SELECT tgenabled FROM pg_trigger WHERE tgname = 'events_kept'`),
    ).toEqual([{ tgenabled: 'A' }]);
  });
});

describe('POST /dev/reset of a service that has nothing but its own role', () => {
  it('is refused, changes nothing, and the log says what it lacks', async () => {
    const service = await startService({ clock: new DevelopmentClock() });
    try {
      const { access } = await newPerson(service);
      expect((await send('POST', `${service.url}/dev/reset`)).status).toBe(403);
      expect(await isAlive(service, access)).toBe(true);
      expect(service.log.join()).toContain('set MIGRATION_DATABASE_URL');
    } finally {
      await service.stop();
    }
  });
});

describeWithRedis('POST /dev/reset with two nodes and a Redis', () => {
  it('is answered when the other node refuses too', async () => {
    const redis = await RedisServer.start();
    const database = await testDatabase();
    const env = {
      ...rolesOf(database),
      REDIS_URL: redis.url,
      THROTTLE: 'true',
      THROTTLE_LOGIN_NETWORK: '1/1h',
    };
    const nodes = await Promise.all([startService({ database, env }), startService({ database, env })]);
    const [one, other] = nodes;
    try {
      await eventually('Redis to answer', () =>
        nodes.every(({ nest }) => nest.get(Denylist, { strict: false }).status().source === 'redis'),
      );
      const people = await atOnce(5, () => newPerson(one));
      for (const { access } of people) expect(await isAlive(other, access)).toBe(true);
      expect((await token.login(one.url, 'admin', 'gatehouse-admin')).status).toBe(200);
      expect((await token.login(one.url, 'admin', 'gatehouse-admin')).status).toBe(429);
      await reset(one);
      expect((await token.login(other.url, 'admin', 'gatehouse-admin')).status).toBe(200);
      for (const { access } of people) expect(await isAlive(other, access)).toBe(false);
    } finally {
      await Promise.all(nodes.map((node) => node.stop()));
      await database.drop();
      await redis.stop();
    }
  });
});
