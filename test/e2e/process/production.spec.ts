import os from 'node:os';
import { send } from '../../support/http.js';
import { camel, freshName, token } from '../../support/race-client.js';
import {
  eachOf,
  endLeftovers,
  launch,
  type RunningService,
  SERVICE,
  type Settings,
  startProcess,
} from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

const REQUIRED = ['DATABASE_URL', 'SMTP_URL', 'MAIL_FROM', 'PUBLIC_URL', 'SECRET_KEYS'] as const;
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

  it('has no development mailbox, whoever asks', async () => {
    for (const accept of ['application/json', 'text/html'])
      expect((await send('GET', `${service.url}/dev/mailbox`, { headers: { accept } })).status).toBe(404);
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
