import { randomUUID } from 'node:crypto';
import { AccountImport, type AccountLine } from '@gatehouse/users';
import { holdLock } from '../support/held-lock.js';
import { send } from '../support/http.js';
import { freshName } from '../support/open-account.js';
import { camel, token } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const HASHES: readonly [string, password: string, stored: string][] = [
  ['bcrypt 2a', 'U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['bcrypt 2b', 'U*U*', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK'],
  ['bcrypt 2y', 'U*U*U', '$2y$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a'],
  [
    'bcrypt of a decomposed text',
    'cafe\u0301 noir',
    '$2b$04$lrPiBDnEFxEN/ANvdm2AZOS7vDoyNq8IgxVwZALJeiJ3tk/5wG1Y6',
  ],
  [
    'scrypt',
    'pleaseletmein',
    '$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw',
  ],
  [
    'PBKDF2 as passlib writes it',
    'password',
    '$pbkdf2-sha256$6400$.6UI/S.nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44',
  ],
  [
    'PBKDF2 in PHC form',
    'password',
    '$pbkdf2-sha256$i=6400,l=32$+6UI/S+nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44',
  ],
  [
    'argon2i',
    'password',
    '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8',
  ],
  [
    'argon2id',
    'password',
    '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
  ],
];
const TODAYS = /^\$argon2id\$v=19\$m=8,t=1,p=1\$/;
const LATER = 'another password, chosen later';

let service: Service;
beforeAll(async () => {
  service = await startService({ env: { LOCKOUT_ATTEMPTS: '1000' } });
});
afterAll(() => service.stop());

async function importOne(line: object): Promise<string> {
  const accounts = service.nest.get(AccountImport, { strict: false });
  const username = freshName();
  const read = accounts.read(JSON.stringify({ username, email: `${username}@example.com`, ...line }));
  expect(
    await accounts.take([read as AccountLine], { dryRun: false, record: () => Promise.resolve() }),
  ).toEqual(['imported']);
  return username;
}

async function storedOf(username: string): Promise<{ hash: string; version: number }> {
  const [row] = await service.database.query<{ hash: string; version: number }>(
    'SELECT password_hash AS hash, credential_version AS version FROM users WHERE username = $1',
    [username],
  );
  return row as { hash: string; version: number };
}

describe('an imported account', () => {
  it.each(HASHES)(
    'logs in by its %s, through any contract, and is rehashed by that',
    async (_, password, stored) => {
      const username = await importOne({ passwordHash: stored });
      for (const dialect of [camel, token])
        expect((await dialect.login(service.url, username, `${password}x`)).status).toBe(401);
      expect(await storedOf(username)).toEqual({ hash: stored, version: 1 });

      const first = await token.login(service.url, username, password);
      expect(first.status).toBe(200);
      const { hash, version } = await storedOf(username);
      expect(hash).toMatch(TODAYS);
      // the sessions of a login that began before the rehash go on
      expect(version).toBe(1);
      expect((await camel.login(service.url, `${username}@example.com`, password)).status).toBe(200);
      expect(await storedOf(username)).toEqual({ hash, version });
      expect((await token.refresh(service.url, token.tokensOf(first))).status).toBe(200);
    },
  );

  it('without a hash has no password, and gets one by a mailed link', async () => {
    const username = await importOne({ passwordHash: null, emailVerified: true });
    const [email, body] = [`${username}@example.com`, { newPassword: LATER }];
    expect((await storedOf(username)).hash).toMatch(TODAYS);
    for (const guess of ['', 'password', username])
      expect((await camel.login(service.url, username, guess)).status).not.toBe(200);
    const api = `${service.url}/camel/api/v1/auth`;
    expect((await send('POST', `${api}/password-reset`, { body: { email } })).status).toBe(200);
    const { json } = await send('GET', `${service.url}/dev/mailbox?to=${email}`, {
      headers: { accept: 'application/json' },
    });
    const reset = /\?token=([\w-]+)/.exec(json[0].text)?.[1];
    const confirmed = await send('POST', `${api}/password-reset/confirm`, {
      body: { token: reset, ...body },
    });
    expect(confirmed.status).toBe(200);
    expect((await camel.login(service.url, username, LATER)).status).toBe(200);
  });

  it('keeps what its line says', async () => {
    const id = randomUUID();
    const username = await importOne({
      id,
      emailVerified: true,
      role: 'ADMIN',
      firstName: 'Alice',
      lastName: 'Liddell',
      phoneNumber: '+44 1',
      createdAt: '2020-02-03T04:05:06Z',
    });
    const [row] = await service.database.query('SELECT * FROM users WHERE username = $1', [username]);
    const moment = new Date('2020-02-03T04:05:06Z');
    expect(row).toMatchObject({
      uuid: id,
      role: 'ADMIN',
      status: 'ACTIVE',
      first_name: 'Alice',
      last_name: 'Liddell',
      phone_number: '+44 1',
      created_at: moment,
      email_verified_at: moment,
    });
  });

  it('that is blocked stays out, until it is unblocked', async () => {
    const [, password, stored] = HASHES[0]!;
    const username = await importOne({ passwordHash: stored, status: 'BLOCKED' });
    expect((await camel.login(service.url, username, password)).status).toBe(423);
  });

  it.each([camel, token])(
    '$name: whose password changes while a login is about to rehash the old one keeps the new one',
    async (dialect) => {
      const [, password, stored] = HASHES[0]!;
      const [, newer, next] = HASHES[5]!;
      const username = await importOne({ passwordHash: stored });
      const change = await holdLock(
        service.database,
        'UPDATE users SET password_hash = $2, credential_version = 2 WHERE username = $1',
        [username, next],
      );
      const login = dialect.login(service.url, username, password);
      await change.untilWaiting(1);
      await change.release();
      expect((await login).status).toBe(401);
      expect(await storedOf(username)).toEqual({ hash: next, version: 2 });
      expect((await dialect.login(service.url, username, newer)).status).toBe(200);
    },
  );
});

describe('a stored hash that cannot be read', () => {
  it.each([
    '',
    'plain',
    '$argon2id$',
    '$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
    '$scrypt$x',
  ])('%j is a wrong password, never an error', async (stored) => {
    const username = await importOne({});
    await service.database.query('UPDATE users SET password_hash = $2 WHERE username = $1', [
      username,
      stored,
    ]);
    for (const dialect of [camel, token])
      expect((await dialect.login(service.url, username, 'U*U')).status).toBe(401);
    expect((await storedOf(username)).hash).toBe(stored);
  });
});

describe('imports at once', () => {
  it('of one file make each account once', async () => {
    const accounts = service.nest.get(AccountImport, { strict: false });
    const names = Array.from({ length: 40 }, freshName);
    const lines = names.map((username) =>
      accounts.read(JSON.stringify({ username, email: `${username}@example.com` })),
    ) as AccountLine[];
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () =>
        accounts.take(lines, { dryRun: false, record: () => Promise.resolve() }),
      ),
    );
    for (const [i] of lines.entries()) {
      const each = outcomes.map((of) => of[i]);
      expect(each.filter((outcome) => outcome === 'imported')).toHaveLength(1);
      expect(each.filter((outcome) => outcome === 'unchanged')).toHaveLength(5);
    }
  });
});
