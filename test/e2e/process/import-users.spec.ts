import fs from 'node:fs';
import path from 'node:path';
import { newDataDir } from '../../support/data-dirs.js';
import { camel, token } from '../../support/race-client.js';
import { endLeftovers, type Exit, runCli, type Settings, startProcess } from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

const HASH = '$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK';
const PASSWORD = 'U*U*';

const person = (name: string, more: object = {}): string =>
  JSON.stringify({ username: name, email: `${name}@example.com`, passwordHash: HASH, ...more });

describe('gatehouse import-users', () => {
  let database: TestDatabase;
  let settings: Settings;
  let dir: string;

  beforeAll(async () => {
    database = await testDatabase();
    settings = { GATEHOUSE_MODE: 'development', DATABASE_URL: database.url };
    dir = newDataDir();
  });
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  const run = (args: string[], input?: string): Promise<Exit> =>
    runCli(settings, ['import-users', ...args], input);

  const fileOf = (name: string, lines: readonly string[]): string => {
    const file = path.join(dir, name);
    fs.mkdirSync(dir, { recursive: true });
    fs.writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    return file;
  };

  const accounts = (): Promise<object[]> => database.query('SELECT * FROM users ORDER BY id');

  const MIXED = [
    person('anna', { role: 'ADMIN', emailVerified: true }),
    '',
    '{"email": "anna',
    person('bert', { password: 'in plain words' }),
    person('carl', { email: 'ANNA@example.com' }),
    person('ANNA', { email: 'dora@example.com' }),
    person('emil', { passwordHash: '5f4dcc3b5aa765d61d8327deb882cf99' }),
    person('anna'),
    person('fred'),
  ];
  const REFUSED = [
    'line 3: is not a JSON object',
    'line 4: "password" is no known key',
    'line 5: email is taken by another account',
    'line 6: username is taken by another account',
    expect.stringMatching(/^line 7: passwordHash is of no format that is known here: /),
  ];

  it('takes in what it can, says which lines it refused and why, and can be run again', async () => {
    const file = fileOf('mixed.jsonl', MIXED);
    const dry = await run([file, '--dry-run']);
    expect({ ...dry, stderr: dry.stderr.trim().split('\n') }).toEqual({
      code: 1,
      stdout: 'would import 2, unchanged 1, refused 5, of 8 lines\n',
      stderr: REFUSED,
    });
    expect(await accounts()).toEqual([]);

    const first = await run([file]);
    expect({ ...first, stderr: first.stderr.trim().split('\n') }).toEqual({
      code: 1,
      stdout: 'imported 2, unchanged 1, refused 5, of 8 lines\n',
      stderr: REFUSED,
    });
    const made = await accounts();
    expect(made).toEqual([
      expect.objectContaining({ username: 'anna', role: 'ADMIN', password_hash: HASH }),
      expect.objectContaining({ username: 'fred', role: 'USER', email_verified_at: null }),
    ]);

    const again = await run(['-'], MIXED.join('\n'));
    expect(again.stdout).toBe('imported 0, unchanged 3, refused 5, of 8 lines\n');
    expect(await accounts()).toEqual(made);
    expect(await database.query('SELECT event, actor, details FROM audit_events')).toEqual([
      { event: 'accounts_imported', actor: 'command line', details: { made: 2 } },
    ]);

    const service = await startProcess(settings);
    for (const dialect of [camel, token])
      expect((await dialect.login(service.url, 'fred', PASSWORD)).status).toBe(200);
    await service.stop();

    const afterLogin = await accounts();
    expect(await run([fileOf('fred.jsonl', [person('fred', { role: 'ADMIN' })])])).toEqual({
      code: 0,
      stdout: 'imported 0, unchanged 1, refused 0, of 1 lines\n',
      stderr: '',
    });
    expect(await accounts()).toEqual(afterLogin);
  });

  it('prints no hash and no password, whatever is wrong', async () => {
    const { stdout, stderr } = await run(['-'], MIXED.join('\n'));
    for (const secret of [HASH, HASH.slice(7), '5f4dcc3b', 'in plain words', 'anna@'])
      expect(stdout + stderr).not.toContain(secret);
  });

  it('reads a long file in batches, and says now and then how far it is', async () => {
    const lines = Array.from({ length: 12_000 }, (_, i) => person(`bulk-${i}`));
    const [row] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM users');
    const { code, stdout, stderr } = await run([fileOf('bulk.jsonl', lines)]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'imported 12000, unchanged 0, refused 0, of 12000 lines\n',
      stderr: 'imported 10000, unchanged 0, refused 0, of 10000 lines\n',
    });
    expect(await database.query('SELECT count(*)::int AS count FROM users')).toEqual([
      { count: (row?.count ?? 0) + 12_000 },
    ]);
  });

  it.each([
    ['a file that is not there', '/nowhere/users.jsonl', /\/nowhere\/users\.jsonl cannot be read: ENOENT/],
    ['a directory', '/', /\/ cannot be read: EISDIR/],
  ])('%s: one sentence', async (_, file, message) => {
    const { code, stdout, stderr } = await run([file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at |something went wrong/m);
  });

  it('create-admin refuses common passwords and its own name', async () => {
    const admin = ['create-admin', '--username', 'somebody-new', '--email', 'somebody@example.com'];
    const strict = { ...settings, PASSWORD_BLOCKLIST: 'true' };
    const [common, own] = [
      await runCli(strict, admin, 'Password1\n'),
      await runCli(settings, admin, 'somebody-new\n'),
    ];
    expect(common).toMatchObject({ code: 1, stdout: '' });
    expect(common.stderr).toMatch(/the password is one of the most common passwords/);
    expect(own.stderr).toMatch(/the password must not be your own name/);
    expect(await database.query(`SELECT FROM users WHERE username = 'somebody-new'`)).toEqual([]);
  });
});
