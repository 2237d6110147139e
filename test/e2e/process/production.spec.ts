import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { newDataDir } from '../../support/data-dirs.js';
import { send } from '../../support/http.js';
import { camel, claimsOf, freshName, isAlive, token } from '../../support/race-client.js';
import {
  eachOf,
  endLeftovers,
  launch,
  running,
  type RunningService,
  SERVICE,
  type Settings,
  startProcess,
} from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

const REQUIRED = ['DATABASE_URL', 'SMTP_URL', 'MAIL_FROM', 'PUBLIC_URL', 'SECRET_KEYS'] as const;
/** All that development adds; test/e2e/development/document.spec.ts holds that there is no more. */
const DEVELOPMENT_PATHS = [
  ['GET', '/dev/mailbox'],
  ['GET', '/dev/clock'],
  ['POST', '/dev/clock'],
  ['POST', '/dev/reset'],
  ['POST', '/dev/users'],
  ['POST', '/dev/clients'],
  ['GET', '/dev'],
] as const;
const DEVELOPMENT_SECRET = 'gatehouse-development-secret-which-everybody-knows';
const SECRET = 'a production secret of forty characters.';

const settingsFor = (databaseUrl: string): Record<(typeof REQUIRED)[number], string> => ({
  DATABASE_URL: databaseUrl,
  PUBLIC_URL: 'https://auth.example.com',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'no-reply@example.com',
  SECRET_KEYS: SECRET,
});

const refused = async (settings: Settings): Promise<string> => {
  const { code, stdout, stderr } = await launch(SERVICE, settings).exited();
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  return stderr;
};

describe('production mode', () => {
  let database: TestDatabase;
  let service: RunningService;

  beforeAll(async () => {
    database = await testDatabase({ migrated: false });
    service = await startProcess(settingsFor(database.url));
  });
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  it.each(DEVELOPMENT_PATHS)("has none of development's tools: %s %s", async (method, path) => {
    for (const accept of ['application/json', 'text/html']) {
      const body = method === 'POST' ? { advance: '2h' } : undefined;
      const answer = await send(method, `${service.url}${path}`, { headers: { accept }, body });
      expect([answer.status, answer.json?.code]).toEqual([404, 'route_not_found']);
    }
  });

  it("starts, as the command line does, where development's tools have been deleted", async () => {
    const copy = path.join(newDataDir(), 'gatehouse');
    const root = path.resolve(__dirname, '../../..');
    const without = path.join(root, 'dist/libs/development');
    fs.cpSync(path.join(root, 'dist'), path.join(copy, 'dist'), {
      recursive: true,
      filter: (source) => source !== without,
    });
    fs.copyFileSync(path.join(root, 'package.json'), path.join(copy, 'package.json'));
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    const child = launch(path.join(copy, 'dist/apps/service/src/main.js'), settingsFor(database.url));
    const own = await running(child);
    expect((await send('GET', `${own.url}/health/ready`)).status).toBe(200);
    expect((await own.stop()).code).toBe(0);
    const cli = launch(path.join(copy, 'dist/apps/cli/src/main.js'), settingsFor(database.url), [
      'list-clients',
    ]);
    expect(await cli.exited()).toMatchObject({ code: 0 });
  });

  it("plants neither development's accounts nor its applications", async () => {
    for (const name of ['admin', 'admin@gatehouse.localhost'])
      for (const dialect of [camel, token])
        expect((await dialect.login(service.url, name, 'gatehouse-admin')).status).toBe(401);
    expect(
      await database.query(
        'SELECT (SELECT count(*)::int FROM users), (SELECT count(*)::int FROM clients) AS clients',
      ),
    ).toEqual([{ count: 0, clients: 0 }]);
  });

  it('takes every path of development for one that does not exist, and keeps its clock', async () => {
    const username = freshName();
    await camel.register(service.url, { username, email: `${username}@example.com` });
    const { access } = camel.tokensOf(await camel.login(service.url, username));
    for (const [method, path] of DEVELOPMENT_PATHS) {
      const unknown = await send(method, `${service.url}/nothing-here`);
      const { status, text } = await send(method, `${service.url}${path}`);
      expect({ status, text }).toEqual({ status: unknown.status, text: unknown.text });
    }
    const { exp, iat } = claimsOf(access);
    expect(exp - iat).toBe(3600);
    expect(Math.abs(iat * 1000 - Date.now())).toBeLessThan(600_000);
    expect(await isAlive(service.url, access)).toBe(true);
  });

  it('hides which addresses have an account: password-reset answers both alike, and mails the one alone', async () => {
    const [username, url] = [freshName(), `${service.url}/camel/api/v1/auth/password-reset`];
    await camel.register(service.url, { username, email: `${username}@example.com` });
    const before =
      (await database.query<{ count: number }>('SELECT count(*)::int FROM mails'))[0]?.count ?? 0;
    const known = await send('POST', url, { body: { email: `${username}@example.com` } });
    const unknown = await send('POST', url, { body: { email: `${freshName()}@example.com` } });
    expect([known.status, known.json]).toEqual([200, expect.objectContaining({ success: true })]);
    expect([unknown.status, unknown.json]).toEqual([known.status, known.json]);
    const mails = await database.query('SELECT recipient FROM mails ORDER BY id OFFSET $1', [before]);
    expect(mails).toEqual([{ recipient: `${username}@example.com` }]);
  });

  it('listens on every address of the machine', async () => {
    const addresses = Object.values(os.networkInterfaces()).flatMap((all) => all ?? []);
    // a link-local address means nothing without the name of its link
    const hosts = addresses
      .filter(({ scopeid }) => !scopeid)
      .map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
    expect(hosts.length).toBeGreaterThan(0);
    for (const port of service.ports)
      for (const host of hosts)
        expect((await send('GET', `http://${host}:${port}/health/live`)).status).toBe(200);
  });

  it('writes JSON lines and nothing else, from its start to its end', async () => {
    const own = await startProcess(settingsFor(database.url));
    const { code, stdout, stderr } = await own.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const all = service.process.output.stdout + stdout;
    expect(all.split('\n').filter((line) => line !== '' && !isJsonObject(line))).toEqual([]);
    expect(all).not.toMatch(/curl|gatehouse-admin|dev-api-token/);
  });

  it('refuses to start without what cannot be defaulted, and names all of it', async () => {
    const stderr = await refused({});
    expect(stderr.match(/^ {2}\w+ is not set/gm)).toEqual(REQUIRED.map((name) => `  ${name} is not set`));
  });

  it.each(REQUIRED)('refuses to start without %s alone, and names it', async (name) => {
    const stderr = await refused({ ...settingsFor(database.url), [name]: '' });
    expect(stderr.match(/^ {2}\w+ (?=is not set)/gm)).toEqual([`  ${name} `]);
  });

  it('refuses the development secret, alone or behind a good one', async () => {
    const lists = [DEVELOPMENT_SECRET, `${SECRET},${DEVELOPMENT_SECRET}`];
    const said = await eachOf(lists, (SECRET_KEYS) => refused({ ...settingsFor(database.url), SECRET_KEYS }));
    for (const stderr of said) {
      expect(stderr).toMatch(/^ {2}SECRET_KEYS holds the development secret/m);
      expect(stderr).not.toContain(SECRET);
    }
  });
});

function isJsonObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}
