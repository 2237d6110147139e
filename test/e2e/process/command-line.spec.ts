import path from 'node:path';
import { newDataDir, postgresRunsIn, postmasterOf } from '../../support/data-dirs.js';
import { send } from '../../support/http.js';
import { camel, freshName, token } from '../../support/race-client.js';
import {
  eachOf,
  endLeftovers,
  type Exit,
  launch,
  runCli,
  type Settings,
  startProcess,
} from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

const PASSWORD = 'a fine password for an admin';
const DEVELOPMENT = { GATEHOUSE_MODE: 'development' };
const TYPEORM = path.resolve(__dirname, '../../../node_modules/typeorm/cli.js');

const adminOf = (username: string, email = `${username}@example.com`): string[] => [
  'create-admin',
  '--username',
  username,
  '--email',
  email,
];

/** A command that fails: exit code 1, nothing on standard output, one message without a stack. */
const expectFailure = ({ code, stdout, stderr }: Exit, message: RegExp): void => {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ +at |something went wrong/m);
};

const existing = freshName();
const REFUSED: readonly [name: string, args: string[], input: string, message: RegExp, other?: Settings][] = [
  [
    'a taken username, in other letters',
    adminOf(existing.toUpperCase(), 'new@x.example'),
    PASSWORD,
    /username already/,
  ],
  [
    'a taken address',
    adminOf('somebody-new', `${existing.toUpperCase()}@example.com`),
    PASSWORD,
    /address already/,
  ],
  ['a username with an @', adminOf('some@body'), PASSWORD, /--username must be/],
  ['no e-mail address', adminOf('somebody-new', 'nowhere'), PASSWORD, /--email must be/],
  ['a short password', adminOf('somebody-new'), 'seven77', /the password must have at least 8 characters/],
  ['no username', ['create-admin', '--email', 'a@example.com'], PASSWORD, /required option '--username/],
  ['an application that can do nothing', ['create-client', '--name', 'x1'], '', /--channels must name one/],
  [
    'an unknown scope',
    ['create-client', '--name', 'x1', '--kind', 'confidential', '--scopes', 'everything'],
    '',
    /--scopes may not hold everything, but introspect/,
  ],
  ['a bad setting', ['migrate'], '', /LOG_LEVEL must be one of/, { LOG_LEVEL: 'loud' }],
];

describe('gatehouse on a database of its own', () => {
  let database: TestDatabase;
  let settings: Settings;
  const refused = new Map<string, Exit>();

  beforeAll(async () => {
    database = await testDatabase({ migrated: false });
    settings = { ...DEVELOPMENT, DATABASE_URL: database.url };
    const made = await runCli(settings, adminOf(existing), `${PASSWORD}\nnot the password\n`);
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^made the admin \S+, id \d+\n$/) });
    await eachOf(REFUSED, async ([name, args, input, , other]) =>
      refused.set(name, await runCli({ ...settings, ...other }, args, `${input}\n`)),
    );
  }, 60_000);
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  it('explains itself and each command without any settings', async () => {
    const words: Record<string, string[]> = {
      '': [
        'migrate',
        'create-admin',
        'import-users',
        'block-user',
        'unblock-user',
        'set-role',
        'rename-user',
        'set-email',
        'create-client',
        'list-clients',
        'rotate-client-secret',
        'disable-client',
      ],
      migrate: ['--revert'],
      'create-admin': ['--username', '--email', 'password'],
      'import-users': ['<file>', '--dry-run', 'passwordHash', 'run again'],
      'block-user': ['<name>', 'username, e-mail address or numeric id'],
      'unblock-user': ['<name>'],
      'set-role': ['<name>', '<role>', 'USER', 'ADMIN'],
      'rename-user': ['<name>', '<username>'],
      'set-email': ['<name>', '<address>', '--verified'],
      'create-client': [
        '--name',
        '--kind',
        '--channels',
        '--scopes',
        '--verify-email-url',
        '--password-reset-url',
      ],
      'rotate-client-secret': ['<name>', '--overlap', '0s'],
      'disable-client': ['<name>'],
    };
    const commands = Object.keys(words);
    const exits = await eachOf(commands, (command) => runCli({}, [...(command ? [command] : []), '--help']));
    for (const [index, { code, stdout, stderr }] of exits.entries()) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const word of words[commands[index] ?? ''] ?? []) expect(stdout).toContain(word);
    }
  });

  it('makes an admin with the first line of standard input as the password', async () => {
    const service = await startProcess(settings);
    for (const dialect of [camel, token])
      expect((await dialect.login(service.url, existing, PASSWORD)).status).toBe(200);
    const login = await camel.login(service.url, `${existing}@example.com`, PASSWORD);
    const { json } = await send('POST', `${service.url}/api/v1/auth/validate`, {
      body: { token: camel.tokensOf(login).access },
    });
    expect(json).toMatchObject({ valid: true, username: existing, role: 'ROLE_ADMIN' });
    await service.stop();
  });

  it.each(REFUSED)('%s: one message, and nothing is made', (name, _args, _input, message) => {
    const exit = refused.get(name) as Exit;
    expectFailure(exit, message);
    expect(exit.stderr).not.toContain(PASSWORD);
  });

  it('and nothing was made by those', async () => {
    expect(await database.query(`SELECT FROM users WHERE username IN ('somebody-new', 'some@body')`)).toEqual(
      [],
    );
    expect(await database.query('SELECT FROM users WHERE lower(username) = $1', [existing])).toHaveLength(1);
    expect(await database.query(`SELECT FROM clients WHERE name = 'x1'`)).toEqual([]);
  });

  it('makes an application: its token alone on standard output, and only a hash of it in the database', async () => {
    const args = ['create-client', '--name', 'shop', '--channels', 'web, ios'];
    const { code, stdout, stderr } = await runCli(settings, args);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^[\w-]{43}\n$/) });
    expect(stderr).toMatch(/made the public application shop, id [\da-f-]{36}; keep this/);
    const rows = await database.query<{ text: string; length: number }>(
      `SELECT concat(c, s) AS text, octet_length(s.hash) AS length
       FROM clients c JOIN client_secrets s ON s.client_id = c.id WHERE c.name = 'shop'`,
    );
    expect(rows).toEqual([{ text: expect.stringContaining('{web,ios}'), length: 32 }]);
    const secret = stdout.trim();
    expect(stderr).not.toContain(secret);
    for (const form of [
      secret,
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret, 'base64url').toString('hex'),
    ])
      expect(rows[0]?.text).not.toContain(form);
    expectFailure(await runCli(settings, args), /there is a client application named shop already/);
  });
});

describe('gatehouse migrate', () => {
  let database: TestDatabase;
  let settings: Settings;
  const migrate = async (...options: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runCli(settings, ['migrate', ...options]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  const columns = async () =>
    (await database.query("SELECT FROM information_schema.columns WHERE table_schema = 'public'")).length;

  beforeAll(async () => {
    database = await testDatabase({ migrated: false });
    settings = { ...DEVELOPMENT, DATABASE_URL: database.url };
  });
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  it('brings an empty database up to date, takes the newest migration back, and brings it up again', async () => {
    const all = (await migrate())
      .replace(/^migrated: /, '')
      .trim()
      .split(', ');
    expect(all.length).toBeGreaterThan(1);
    const complete = await columns();
    expect(await migrate()).toBe('nothing to do\n');
    expect(await migrate('--revert')).toBe(`taken back: ${all.at(-1)}\n`);
    expect(await columns()).toBeLessThan(complete);
    expect(await migrate()).toBe(`migrated: ${all.at(-1)}\n`);
    expect(await columns()).toBe(complete);
  });

  it("is understood by TypeORM's own command line", async () => {
    const show = ['migration:show', '-d', 'dist/ormconfig.js'];
    const { code, stdout } = await launch(TYPEORM, { DATABASE_URL: database.url }, show).exited();
    expect(code).toBe(0);
    expect(stdout.match(/\[X\] \d+ \w+/g)?.length).toBe(
      (await database.query('SELECT FROM migrations')).length,
    );
    expect(stdout).not.toContain('[ ]');
  });
});

describe('gatehouse on the embedded PostgreSQL', () => {
  let dir: string;
  beforeAll(() => (dir = newDataDir()));
  afterAll(endLeftovers);

  it('joins that of a running service and leaves it running; without a service it starts and ends its own', async () => {
    const settings = { ...DEVELOPMENT, DATA_DIR: dir };
    const [alone, beside] = [freshName(), freshName()];
    expect((await runCli(settings, adminOf(alone), PASSWORD)).code).toBe(0);
    expect(postgresRunsIn(dir)).toBe(false);

    const service = await startProcess(settings);
    const postmaster = postmasterOf(dir);
    const made = await runCli(settings, adminOf(beside), PASSWORD);
    expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
    expect(postmasterOf(dir)).toBe(postmaster);
    for (const username of [alone, beside])
      expect((await camel.login(service.url, username, PASSWORD)).status).toBe(200);
    expect((await service.stop()).code).toBe(0);
    expect(postgresRunsIn(dir)).toBe(false);
  });
});
