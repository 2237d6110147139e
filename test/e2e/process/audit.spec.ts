import { randomBytes } from 'node:crypto';
import { auditMark, auditRows } from '../../support/audit-rows.js';
import { endLeftovers, runCli, type Settings, startProcess } from '../../support/start-process.js';
import { camel, newPerson } from '../../support/race-client.js';
import { type Service, startService } from '../../support/start-service.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

const PRODUCTION = {
  GATEHOUSE_MODE: 'production',
  HOST: '127.0.0.1',
  PORTS: '0',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'no-reply@example.com',
  PUBLIC_URL: 'https://auth.example.com',
  SECRET_KEYS: 'a-secret-of-the-production-tests-long-enough',
};
const DAY = 86_400_000;

describe('gatehouse audit and prune-audit', () => {
  let service: Service;
  let settings: Settings;
  beforeAll(async () => {
    service = await startService();
    settings = { GATEHOUSE_MODE: 'development', DATABASE_URL: service.database.url };
  });
  afterAll(async () => {
    await endLeftovers();
    await service.stop();
  });

  const shown = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(settings, ['audit', '--json', ...args]);
    expect([code, stderr.replace(/^there may be more.*\n$/m, '')]).toEqual([0, '']);
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { id: string; event: string; userId: number | null });
  };

  it('show an account, a name that nobody has, and pages, newest first', async () => {
    const person = await newPerson(service);
    await newPerson(service);
    await camel.login(service.url, person.username, 'not the password');
    await camel.login(service.url, 'Nobody.At.All', 'not the password');
    const about = await shown('--user', person.email.toUpperCase());
    expect(about.map(({ event }) => event)).toEqual(['login_refused', 'logged_in', 'registered']);
    expect(new Set(about.map(({ userId }) => userId))).toEqual(new Set([person.id]));
    expect(await shown('--user', 'nobody.at.all')).toEqual([
      expect.objectContaining({ event: 'login_refused', userId: null }),
    ]);
    const all = await shown();
    const first = await shown('--limit', '2');
    expect([...first, ...(await shown('--before', first[1]?.id ?? ''))]).toEqual(all);
    const lines = await runCli(settings, ['audit', '--limit', '1', '--since', '1h']);
    expect(lines.stdout).toMatch(
      /^\d+\t\S+Z\tlogin_refused\tabout -\tby -\tcamel\t127\.0\.0\.1\t\{.*\}\t-\n$/,
    );
    expect(lines.stderr).toMatch(/^there may be more: --before \d+\n$/);
  });

  it('refuse what they cannot read', async () => {
    for (const args of [
      ['audit', '--since', 'yesterday'],
      ['audit', '--limit', '0'],
      ['prune-audit', '--older-than', '1 year'],
    ]) {
      const { code, stderr } = await runCli(settings, args);
      expect([code, stderr]).toEqual([1, expect.stringMatching(new RegExp(`^gatehouse: ${args[1]} must`))]);
    }
  });

  it('remove what is old, by the owner alone, and record that', async () => {
    const { database } = service;
    await database.query(
      `INSERT INTO audit_events (at, event, details)
       SELECT now() - interval '500 days', 'logged_in', '{}' FROM generate_series(1, 2500)`,
    );
    const young = (await auditRows(database)).filter(({ at }) => Date.now() - Number(at) < DAY);
    const mark = await auditMark(database);
    const refused = await runCli(settings, ['prune-audit', '--older-than', '400d']);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/set MIGRATION_DATABASE_URL/)]);
    const owner = { ...settings, MIGRATION_DATABASE_URL: database.ownerUrl };
    const done = await runCli(owner, ['prune-audit', '--older-than', '400d']);
    expect(done).toMatchObject({ code: 0, stdout: 'removed 2500 events\n', stderr: '' });
    const left = await auditRows(database);
    expect(left.filter(({ id }) => BigInt(id) <= BigInt(mark))).toEqual(young);
    const pruned = left.filter(({ id }) => BigInt(id) > BigInt(mark));
    expect(pruned.map(({ event, actor, details }) => [event, actor, details['rows']])).toEqual([
      ['audit_pruned', 'command line', 1000],
      ['audit_pruned', 'command line', 1000],
      ['audit_pruned', 'command line', 500],
    ]);
  });

  it('record the acts of the command line', async () => {
    const { database } = service;
    const mark = await auditMark(database);
    const admin = ['create-admin', '--username', 'auditor', '--email', 'auditor@example.com'];
    const password = randomBytes(12).toString('hex');
    expect(await runCli(settings, admin, password)).toMatchObject({ code: 0 });
    const client = ['create-client', '--name', 'audited', '--channels', 'web'];
    const made = await runCli(settings, client);
    const rotated = await runCli(settings, ['rotate-client-secret', 'audited', '--overlap', '1d']);
    expect(await runCli(settings, ['disable-client', 'audited'])).toMatchObject({ code: 0 });
    expect(await runCli(settings, ['disable-client', 'nobody'])).toMatchObject({ code: 1 });
    const rows = await auditRows(database, mark);
    const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(rows.map(({ event, actor, details }) => [event, actor, details])).toEqual([
      ['admin_created', 'command line', {}],
      ['client_created', 'command line', { client: id, kind: 'public' }],
      ['client_secret_rotated', 'command line', { client: id, overlapMs: DAY }],
      ['client_disabled', 'command line', { client: id }],
    ]);
    for (const secret of [password, made.stdout.trim(), rotated.stdout.trim()])
      expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe('a production service', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await testDatabase({ migrated: false })));
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  it('that could change the audit says so; with two roles it migrates by the one and runs by the other', async () => {
    const own = await startProcess({ ...PRODUCTION, DATABASE_URL: database.ownerUrl });
    const { stdout: warned } = await own.stop();
    expect(warned.match(/"event":"audit_unprotected".*/g)).toEqual([
      expect.stringMatching(
        /could change the audit \(superuser\).*MIGRATION_DATABASE_URL.*docs\/database-roles/,
      ),
    ]);

    const empty = await testDatabase({ migrated: false });
    const service = new URL(empty.ownerUrl);
    Object.assign(service, { username: 'gatehouse_service', password: 'service-role-of-the-tests' });
    const roles = { DATABASE_URL: service.href, MIGRATION_DATABASE_URL: empty.ownerUrl };
    try {
      const two = await startProcess({ ...PRODUCTION, ...roles });
      const { stdout, code } = await two.stop();
      expect(stdout).toContain('migrated the database');
      expect([code, stdout]).toEqual([0, expect.not.stringContaining('audit_unprotected')]);
      const again = await startProcess({ ...PRODUCTION, DATABASE_URL: service.href });
      expect((await again.stop()).code).toBe(0);
    } finally {
      await empty.drop();
    }
  });
});
