import pg from 'pg';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { DATABASE_REQUESTS } from '../support/database-requests.js';
import { addressOf, headersOf, type Holder, LOGINS, openHolder } from '../support/documented-bodies.js';
import { type Answer, bearer, send } from '../support/http.js';
import { CONTRACT_IDS, freshName, isLive } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

describe('a database that is gone', () => {
  let database: TestDatabase;
  let proxy: CuttableProxy;
  let service: Service;
  let holder: Holder;
  beforeAll(async () => {
    database = await testDatabase();
    proxy = await CuttableProxy.before(database.url);
    service = await startService({ database: { ...database, url: proxy.url } });
  });
  beforeEach(async () => {
    holder = await openHolder(service);
  });
  afterAll(async () => {
    await service.stop();
    await proxy.close();
    await database.drop();
  });

  async function expectUnavailable(): Promise<void> {
    for (const [speaker, ask] of DATABASE_REQUESTS) {
      const answer = await ask(service, holder);
      expectRefusal(answer, speaker, 503);
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    }
  }

  /** What had to be refused took no effect, and works now. */
  async function expectRecovered(): Promise<void> {
    for (const contract of CONTRACT_IDS) expect(await isLive(service, holder[contract])).toBe(true);
    const body = { type: 'refresh', token: holder.token.refreshToken };
    const url = `${service.url}/token/v1/auth/token/refresh`;
    expect(await send('POST', url, { headers: bearer(holder.token.accessToken), body })).toMatchObject({
      status: 200,
    });
    for (const login of Object.values(LOGINS)) {
      const sent = { headers: headersOf(login, holder), body: login.body(holder) };
      expect(await send('POST', addressOf(service, login), sent)).toMatchObject({ status: 200 });
    }
  }

  it('is 503 with Retry-After on every endpoint, and over as soon as it is back', async () => {
    proxy.cut();
    await expectUnavailable();
    proxy.mend();
    await expectRecovered();
  });

  it('is told by the health checks, and hides nothing that needs no database', async () => {
    const get = (path: string): Promise<Answer> => send('GET', service.url + path);
    proxy.cut();
    const ready = await get('/health/ready');
    expect(ready).toMatchObject({ status: 503, json: { status: 'unavailable', postgres: 'unreachable' } });
    expect(ready.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    const health = await get('/api/v1/auth/health');
    expect(health).toMatchObject({
      status: 503,
      json: { success: false, data: { service: 'auth-service' } },
    });
    expect(health.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(await get('/health/live')).toMatchObject({ status: 200, json: { status: 'ok' } });
    expect(await get('/.well-known/jwks.json')).toMatchObject({ status: 200 });
    expectRefusal(await get('/api/v1/auth/nothing'), 'camel', 404);
    expectRefusal(await send('POST', `${service.url}/api/v1/auth/login`, { body: {} }), 'camel', 400, [
      'username',
    ]);
    proxy.mend();
    expect(await get('/health/ready')).toMatchObject({ status: 200 });
    expect(await get('/api/v1/auth/health')).toMatchObject({ status: 200, json: { success: true } });
  });

  it.each([1, 5, 12])(
    'loses no acknowledged registration, and leaves no half of the others: cut after %i',
    async (count) => {
      const accounts = Array.from({ length: 20 }, () => {
        const username = freshName();
        return { username, email: `${username}@example.com`, password: 'correct horse battery' };
      });
      const register = (body: object): Promise<Answer> =>
        send('POST', `${service.url}/api/v1/auth/register`, { body });
      const answers = accounts.map(register);
      await Promise.all(answers.slice(0, count));
      proxy.cut();
      const statuses = (await Promise.all(answers)).map(({ status }) => status);
      proxy.mend();
      for (const [i, account] of accounts.entries()) {
        expect([201, 503]).toContain(statuses[i]);
        const login = () => send('POST', `${service.url}/api/v1/auth/login`, { body: account });
        if (statuses[i] === 201) expect(await login()).toMatchObject({ status: 200 });
        // what was not acknowledged happened wholly or not at all, and may be tried again
        else expect([201, 409]).toContain((await register(account)).status);
        expect(await login()).toMatchObject({ status: 200 });
      }
    },
  );

  it('may refuse us, too: a database that accepts no connections is unavailable', async () => {
    const name = new URL(database.url).pathname.slice(1);
    const maintenance = new URL(database.ownerUrl);
    maintenance.pathname = '/postgres';
    const admin = new pg.Client({ connectionString: maintenance.href });
    await admin.connect();
    try {
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
      await expectUnavailable();
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    } finally {
      await admin.end();
    }
    await expectRecovered();
  });
});
