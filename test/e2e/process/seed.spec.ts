import fs from 'node:fs';
import path from 'node:path';
import { newDataDir } from '../../support/data-dirs.js';
import { token } from '../../support/race-client.js';
import { endLeftovers, type Exit, runCli, startProcess } from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

const PASSWORD = 'a password in a file';

const FILE = {
  users: [
    { username: 'seeded-admin', email: 'seeded-admin@example.com', password: PASSWORD, role: 'ADMIN' },
    {
      username: 'seeded-blocked',
      email: 'seeded-blocked@example.com',
      password: PASSWORD,
      status: 'BLOCKED',
    },
  ],
  clients: [{ name: 'seeded-shop', secret: 'seeded-api-token', channels: ['web'] }],
};

describe('gatehouse seed', () => {
  let database: TestDatabase;
  let dir: string;

  beforeAll(async () => {
    database = await testDatabase();
    dir = newDataDir();
  });
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  const seed = (content: unknown, settings: Record<string, string> = {}): Promise<Exit> => {
    const file = path.join(dir, 'seeds.json');
    fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    const mode = { GATEHOUSE_MODE: 'development', DATABASE_URL: database.url };
    return runCli({ ...mode, ...settings }, ['seed', file]);
  };
  const stored = () => database.query('SELECT username, role, status FROM users ORDER BY username');

  it('makes what the file lists, and the second time leaves what is there', async () => {
    expect(await seed(FILE)).toEqual({
      code: 0,
      stdout: 'users: 2 made, 0 there already\nclients: 1 made, 0 there already\n',
      stderr: '',
    });
    const more = { username: 'seeded-third', email: 'seeded-third@example.com', password: PASSWORD };
    const changed = FILE.users.map((user) => ({ ...user, role: 'USER', status: 'ACTIVE' }));
    expect(await seed({ ...FILE, users: [...changed, more] })).toMatchObject({
      code: 0,
      stdout: 'users: 1 made, 2 there already\nclients: 0 made, 1 there already\n',
    });
    expect(await stored()).toEqual([
      { username: 'seeded-admin', role: 'ADMIN', status: 'ACTIVE' },
      { username: 'seeded-blocked', role: 'USER', status: 'BLOCKED' },
      { username: 'seeded-third', role: 'USER', status: 'ACTIVE' },
    ]);
    const service = await startProcess({ GATEHOUSE_MODE: 'development', DATABASE_URL: database.url });
    expect((await token.login(service.url, 'seeded-admin', PASSWORD)).status).toBe(200);
    expect((await token.login(service.url, 'seeded-blocked', PASSWORD)).status).toBe(403);
    await service.stop();
  });

  it('names every fault by its place before it makes anything', async () => {
    const before = await stored();
    const { code, stdout, stderr } = await seed({
      users: [{ email: 'good@example.com', password: PASSWORD }, { email: 'bad', password: 'short' }, 7],
      clients: [{ name: '' }],
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const place of [
      'users[1].email must',
      'users[1].password must',
      'users[2] must',
      'clients[0].name must',
    ])
      expect(stderr).toContain(place);
    expect(stderr).not.toMatch(/users\[0\]|^ +at /m);
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['no JSON', '{"users": [', /no JSON/],
    ['a list', [], /must be an object/],
    ['another member', { people: [] }, /users and clients, not people/],
    ['users that are no list', { users: {} }, /must be lists/],
  ])('refuses a file with %s', async (_, content, message) => {
    const { code, stdout, stderr } = await seed(content);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it('refuses in production, and names the mode', async () => {
    const { code, stderr } = await seed(FILE, {
      GATEHOUSE_MODE: 'production',
      PUBLIC_URL: 'https://auth.example.com',
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'no-reply@example.com',
      SECRET_KEYS: 'a production secret of forty characters.',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/development mode alone/);
  });
});
