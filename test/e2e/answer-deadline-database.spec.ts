import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '@gatehouse/database';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { DATABASE_REQUESTS } from '../support/database-requests.js';
import { addressOf, headersOf, type Holder, LOGINS, openHolder } from '../support/documented-bodies.js';
import { eventually } from '../support/eventually.js';
import { type Answer, bearer, send } from '../support/http.js';
import { CONTRACT_IDS, freshName, isLive } from '../support/open-account.js';
import { atOnce, camel } from '../support/race-client.js';
import { expectRefusal, type Speaker } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

/** No answer is slower. */
const PROMISED_MS = 5_000;
const POOL = 10;

interface Timed {
  readonly speaker: Speaker;
  readonly answer: Answer;
  readonly ms: number;
}

async function timed(speaker: Speaker, work: () => Promise<Answer>): Promise<Timed> {
  const begun = performance.now();
  const answer = await work();
  return { speaker, answer, ms: performance.now() - begun };
}

describe('a database that hangs', () => {
  let database: TestDatabase;
  let proxy: CuttableProxy;
  let service: Service;
  let holder: Holder;
  beforeAll(async () => {
    database = await testDatabase();
    proxy = await CuttableProxy.before(database.url);
    service = await startService({
      database: { ...database, url: proxy.url },
      env: { DATABASE_POOL: String(POOL) },
    });
  });
  beforeEach(async () => {
    holder = await openHolder(service);
    // connections that are open when it begins to hang, beside those that are still to come
    await atOnce(POOL, () => isLive(service, holder.token));
  });
  afterEach(() => proxy.mend());
  afterAll(async () => {
    await service.stop();
    await proxy.close();
    await database.drop();
  });

  const connections = () => service.nest.get(Database, { strict: false }).connections;
  const askAll = (): Promise<Timed[]> =>
    Promise.all(DATABASE_REQUESTS.map(([speaker, ask]) => timed(speaker, () => ask(service, holder))));

  function expectUnavailable({ speaker, answer, ms }: Timed): void {
    expectRefusal(answer, speaker, 503);
    expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(ms).toBeLessThan(PROMISED_MS);
  }

  /** Everything works without another try, and all connections are free again. */
  async function expectRecovered(): Promise<void> {
    for (const contract of CONTRACT_IDS) expect(await isLive(service, holder[contract])).toBe(true);
    for (const login of Object.values(LOGINS)) {
      const sent = { headers: headersOf(login, holder), body: login.body(holder) };
      expect(await send('POST', addressOf(service, login), sent)).toMatchObject({ status: 200 });
    }
    await eventually('an idle pool', () => {
      const { total, idle, waiting } = connections();
      return total <= POOL && idle === total && waiting === 0;
    });
    expect(service.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  }

  it('is 503 with Retry-After within 5 s, on every endpoint, for as long as it hangs', async () => {
    proxy.silence();
    const waves = [askAll()];
    // later ones find the pool in another state: connections that were given up, and others that nobody answers
    for (let wave = 1; wave < 4; wave++) {
      await sleep(1_500);
      waves.push(askAll());
    }
    const answers = (await Promise.all(waves)).flat();
    expect(answers).toHaveLength(4 * DATABASE_REQUESTS.length);
    answers.forEach(expectUnavailable);
    proxy.mend();
    holder = await openHolder(service);
    await expectRecovered();
  });

  it('leaves health checks and keys as quick as ever', async () => {
    proxy.silence();
    const get = (path: string): Promise<Timed> => timed('none', () => send('GET', service.url + path));
    const [ready, live, keys] = await Promise.all(
      ['/health/ready', '/health/live', '/.well-known/jwks.json'].map(get),
    );
    expect(ready?.answer).toMatchObject({ status: 503, json: { postgres: 'unreachable' } });
    expect(ready?.ms).toBeLessThan(PROMISED_MS);
    for (const { answer } of [live, keys] as Timed[]) expect(answer.status).toBe(200);
  });

  it('takes an act that was not acknowledged once or not at all', async () => {
    const names = Array.from({ length: POOL }, freshName);
    const register = (username: string): Promise<Answer> =>
      camel.register(service.url, { username, email: `${username}@example.com` });
    proxy.silence();
    const logout = timed('camel', () => camel.logout(service.url, holder.camel.accessToken));
    const refresh = timed('camel', () =>
      camel.refresh(service.url, { access: '', refresh: holder.camel.refreshToken }),
    );
    const registrations = names.map((name) => timed('camel', () => register(name)));
    (await Promise.all([logout, refresh, ...registrations])).forEach(expectUnavailable);
    proxy.mend();
    for (const username of names) {
      expect([201, 409]).toContain((await register(username)).status);
      expect(await camel.login(service.url, username)).toMatchObject({ status: 200 });
    }
    // the logout's retry: whether or not it had taken effect, the session is dead from here on
    const again = await camel.logout(service.url, holder.camel.accessToken);
    expect([200, 401]).toContain(again.status);
    const profile = `${service.url}/camel/api/v1/auth/profile`;
    expect(await send('GET', profile, { headers: bearer(holder.camel.accessToken) })).toMatchObject({
      status: 401,
    });
  });
});
