import os from 'node:os';
import { scrape } from '../../support/exposition.js';
import { holdLock } from '../../support/held-lock.js';
import { type Answer, send } from '../../support/http.js';
import { camel, freshName } from '../../support/race-client.js';
import { expectRefusal } from '../../support/refusals.js';
import {
  endLeftovers,
  launch,
  occupyPort,
  type RunningService,
  SERVICE,
  type Settings,
  startProcess,
} from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';
import { until } from '../../support/data-dirs.js';

/** Both modes share a database here, and so what seals its keys. */
const SECRET_KEYS = 'a production secret of forty characters.';
const PRODUCTION = {
  PUBLIC_URL: 'https://auth.example.com',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'no-reply@example.com',
  SECRET_KEYS,
};

const hasIPv6 = Object.values(os.networkInterfaces())
  .flat()
  .some((address) => address?.address === '::1');

/** The port that the service says its metrics have: in development's banner, or production's log line. */
function metricsPortOf(service: RunningService): number {
  const { stdout } = service.process.output;
  const found =
    /^ +metrics +http:\/\/localhost:(\d+)\/metrics$/m.exec(stdout) ?? /"metricsPort":(\d+)/.exec(stdout);
  if (!found) throw new Error(`it tells of no port for metrics: ${stdout}`);
  return Number(found[1]);
}

describe('METRICS_PORT', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await testDatabase()));
  afterEach(endLeftovers);
  afterAll(() => database.drop());

  const development = (settings: Settings): Promise<RunningService> =>
    startProcess({ GATEHOUSE_MODE: 'development', SECRET_KEYS, DATABASE_URL: database.url, ...settings });
  const production = (settings: Settings): Promise<RunningService> =>
    startProcess({ ...PRODUCTION, DATABASE_URL: database.url, HOST: '127.0.0.1', ...settings });

  /** What a service without /metrics says to that path, on each of its ports. */
  async function expectNothingPublic({ urls }: RunningService): Promise<void> {
    expect(urls).toHaveLength(2);
    for (const url of urls) {
      for (const method of ['GET', 'POST']) expectRefusal(await send(method, `${url}/metrics`), 'none', 404);
      expect(await send('GET', `${url}/health/live`)).toMatchObject({ status: 200 });
    }
  }

  it('left out: production has /metrics nowhere, and development on every port', async () => {
    const silent = await production({});
    await expectNothingPublic(silent);
    expect(silent.process.output.stdout).not.toContain('metricsPort');
    const open = await development({});
    expect(metricsPortOf(open)).toBe(open.ports[0]);
    for (const url of open.urls) expect((await scrape(url)).value('gatehouse_postgres_up')).toBe(1);
  });

  it('public: production has it on every port too, like any other path', async () => {
    const service = await production({ METRICS_PORT: 'public' });
    for (const url of service.urls) {
      expect((await scrape(url)).value('gatehouse_postgres_up')).toBe(1);
      const refused = await send('POST', `${url}/metrics`);
      expectRefusal(refused, 'none', 405);
      expect(refused.headers.allow).toBe('GET, HEAD');
      expectRefusal(await send('GET', `${url}/metrics/`), 'none', 404);
    }
  });

  it.each([
    ['development', development],
    ['production', production],
  ])('a port: in %s it has /metrics and nothing else, and the others no /metrics', async (_, start) => {
    const service = await start({ METRICS_PORT: '0' });
    const port = metricsPortOf(service);
    expect(service.ports).not.toContain(port);
    await expectNothingPublic(service);
    const url = `http://127.0.0.1:${port}`;
    const ask = (method: string, path: string): Promise<Answer> => send(method, url + path);
    const login = { route: '/camel/api/v1/auth/login', status: '401' };
    await camel.login(service.url, freshName());
    expect((await scrape(url)).value('gatehouse_http_request_duration_seconds_count', login)).toBe(1);

    expect((await ask('GET', '/metrics')).headers['cache-control']).toBe('no-store');
    expect(await ask('GET', '/metrics?name[]=x')).toMatchObject({ status: 200 });
    const head = await ask('HEAD', '/metrics');
    expect({ status: head.status, text: head.text, type: head.headers['content-type'] }).toEqual({
      status: 200,
      text: '',
      type: 'text/plain; version=0.0.4; charset=utf-8',
    });
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'TRACE']) {
      const refused = await ask(method, '/metrics');
      expectRefusal(refused, 'none', 405);
      expect(refused.headers.allow).toBe('GET, HEAD');
    }
    for (const path of [
      '/',
      '/metrics/',
      '/metricsx',
      '/Metrics',
      '/health/live',
      '/api/v1/auth/login',
      '/swagger',
      '/%zz',
    ])
      for (const method of ['GET', 'POST']) expectRefusal(await ask(method, path), 'none', 404);
    expect(service.process.output.stdout).not.toContain('"route":"/metrics"');
  });

  it('a port: it is on each address of HOST, the same on all, and on no other', async () => {
    const service = await development({ METRICS_PORT: '0', HOST: hasIPv6 ? '127.0.0.1,::1' : '127.0.0.1' });
    const port = metricsPortOf(service);
    for (const host of ['127.0.0.1', ...(hasIPv6 ? ['[::1]'] : [])])
      expect((await scrape(`http://${host}:${port}`)).value('gatehouse_postgres_up')).toBe(1);
    await expect(send('GET', `http://127.0.0.2:${port}/metrics`)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it('a port that is taken ends the start, by a message that names it', async () => {
    const { port, server } = await occupyPort();
    const settings = { ...PRODUCTION, DATABASE_URL: database.url, HOST: '127.0.0.1' };
    const { code, stderr } = await launch(SERVICE, {
      ...settings,
      METRICS_PORT: String(port),
    }).exited();
    server.close();
    expect(code).toBe(1);
    expect(stderr).toBe(
      `gatehouse: METRICS_PORT: another program listens on port ${port} of 127.0.0.1 already: stop it, or set METRICS_PORT to other ports\n`,
    );
  });

  it('a port: it answers until the last request is finished, and then the process ends with 0', async () => {
    const service = await production({ METRICS_PORT: '0' });
    const url = `http://127.0.0.1:${metricsPortOf(service)}`;
    const username = freshName();
    await camel.register(service.url, { username, email: `${username}@example.com` });
    const lock = await holdLock(database, 'SELECT FROM users WHERE username = $1 FOR UPDATE', [username]);
    const login = camel.login(service.url, username);
    await lock.untilWaiting(1);
    service.process.kill('SIGTERM');
    const refuses = (): Promise<boolean> =>
      send('GET', `${service.url}/health/live`).then(
        () => false,
        (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED',
      );
    await until('the service refuses', refuses);
    const told = await scrape(url);
    expect(told.value('gatehouse_postgres_connections', { state: 'busy' })).toBeGreaterThanOrEqual(1);
    await lock.release();
    expect(await login).toMatchObject({ status: 200 });
    const { code, stderr } = await service.process.exited();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(scrape(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
