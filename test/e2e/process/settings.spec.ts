import fs from 'node:fs';
import path from 'node:path';
import { SETTINGS } from '@gatehouse/config';
import { newDataDir } from '../../support/data-dirs.js';
import {
  eachOf,
  endLeftovers,
  type Exit,
  launch,
  SERVICE,
  type Settings,
} from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

type Name = keyof typeof SETTINGS;

/** For each setting a value that cannot be used; null where every text can. */
const BAD: Record<Name, string | null> = {
  GATEHOUSE_MODE: 'staging',
  HOST: ' , ',
  PORTS: '8060,eighty',
  DATABASE_URL: 'mysql://root:hunter2-hunter2@localhost/db',
  MIGRATION_DATABASE_URL: 'mysql://root:hunter2-hunter2@localhost/db',
  DATABASE_POOL: '0',
  REDIS_URL: 'http://:hunter2-hunter2@localhost',
  DATA_DIR: null, // what is there decides: data-directory.spec.ts
  PUBLIC_URL: 'auth.example.com',
  PASSWORD_RESET_URL: 'https://example.com/?reset',
  CONTRACT_HOSTS: 'localhost:8080',
  DEFAULT_CONTRACT: 'kebab',
  SECRET_KEYS: 'hunter2-hunter2',
  JWT_ISSUER: null,
  JWT_AUDIENCE: null,
  JWT_ALGORITHM: 'HS256',
  ACCESS_TOKEN_TTL: '1 hour',
  REFRESH_TOKEN_TTL: '0s',
  SESSION_MAX_AGE: '90',
  REFRESH_REUSE_GRACE: '-10s',
  SESSIONS_PER_USER: '0',
  REQUIRE_VERIFIED_EMAIL: 'yes',
  ENUMERATION_PROTECTION: '1',
  LOCKOUT_ATTEMPTS: 'ten',
  LOCKOUT_DURATION: '15 m',
  LOCKOUT_ACCOUNT_ATTEMPTS: '0',
  LOCKOUT_ACCOUNT_DURATION: 'a day',
  KNOWN_NETWORK_TTL: '0s',
  LOGIN_FAILURE_FLOOR: '1m',
  TRUSTED_PROXIES: '10.0.0.1,0.0.0.0/0',
  PASSWORD_BLOCKLIST: 'top1000',
  THROTTLE: 'on',
  THROTTLE_LOGIN_NETWORK: '300',
  THROTTLE_LOGIN_CLIENT: '-1/1m',
  THROTTLE_LOGIN_TARGET: '0/1m',
  THROTTLE_REGISTER_NETWORK: '30/1m,40/60s',
  THROTTLE_REGISTER_CLIENT: '600 in 1m',
  THROTTLE_REGISTER_TARGET: '10/1m,',
  THROTTLE_REFRESH_NETWORK: '1200/0s',
  THROTTLE_REFRESH_CLIENT: '24000/minute',
  THROTTLE_REFRESH_TARGET: '60/500ms',
  THROTTLE_MAIL_NETWORK: 'none',
  THROTTLE_MAIL_CLIENT: '1e3/1m',
  THROTTLE_MAIL_TARGET: '1/1m;5/1h',
  THROTTLE_CODE_NETWORK: '60/1m/1h',
  THROTTLE_CODE_CLIENT: 'off,1200/1m',
  ARGON2_COST: 'm=4,t=0,p=1',
  HASH_CONCURRENCY: '65',
  CODE_SEARCH_LIMIT: '0',
  REAUTHENTICATION_WINDOW: 'an hour',
  CORS_ORIGINS: 'https://app.example.com/path',
  SMTP_URL: 'http://hunter2@mail.example.com',
  MAIL_FROM: 'nobody',
  DOCS_PUBLIC: 'maybe',
  METRICS_PORT: 'private',
  SHUTDOWN_DELAY: '5',
  LOG_LEVEL: 'loud',
};
const SECRETS = /hunter2/;
const BAD_NAMES = (Object.keys(BAD) as Name[]).filter((name) => BAD[name] !== null);

const refusal = async (settings: Settings): Promise<Exit> => {
  const exit = await launch(SERVICE, { GATEHOUSE_MODE: 'development', ...settings }).exited();
  expect({ code: exit.code, stdout: exit.stdout }).toEqual({ code: 1, stdout: '' });
  // one message, for the operator: no stack, no second complaint
  expect(exit.stderr).toMatch(/^gatehouse: /);
  expect(exit.stderr.match(/^gatehouse: /gm)).toHaveLength(1);
  expect(exit.stderr).not.toMatch(/^ +at |node:internal|\.js:\d/m);
  expect(exit.stderr).not.toMatch(SECRETS);
  return exit;
};

/** The settings that the message names at the beginning of a line. */
const named = ({ stderr }: Exit): string[] =>
  [...stderr.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name as string);

const ALONE: readonly [string, Settings, RegExp][] = [
  [
    'a single one',
    { ACCESS_TOKEN_TTL: 'soon' },
    /ACCESS_TOKEN_TTL must be a duration such as .*, and is "soon"$/m,
  ],
  [
    'a host for an unknown contract',
    { CONTRACT_HOSTS: 'a.example=kebab' },
    /CONTRACT_HOSTS gives a\.example the contract kebab/,
  ],
  [
    'a file that is not there',
    { SECRET_KEYS_FILE: '/nowhere/keys' },
    /SECRET_KEYS cannot be read from the file that SECRET_KEYS_FILE names/,
  ],
  [
    'proxies that together are everybody',
    { TRUSTED_PROXIES: '0.0.0.0/1,128.0.0.0/1' },
    /TRUSTED_PROXIES must name your own proxies: this would trust every IPv4 address/,
  ],
  [
    'both a secret and its file',
    { SECRET_KEYS: 's'.repeat(40), SECRET_KEYS_FILE: '/nowhere/keys' },
    /SECRET_KEYS is set, and so is SECRET_KEYS_FILE: set one of them/,
  ],
];

describe('bad settings', () => {
  let all: Exit;
  const alone = new Map<string, Exit>();
  beforeAll(async () => {
    const bad = Object.fromEntries(BAD_NAMES.map((name) => [name, BAD[name] as string]));
    all = await refusal(bad);
    await eachOf(ALONE, async ([name, settings]) => alone.set(name, await refusal(settings)));
  }, 60_000);
  afterAll(endLeftovers);

  it('are known to this test, every one', () => {
    expect(Object.keys(BAD).sort()).toEqual(Object.keys(SETTINGS).sort());
  });

  it('are listed all at once, one line each', () => {
    expect(named(all).sort()).toEqual([...BAD_NAMES].sort());
  });

  it.each(BAD_NAMES)('%s: the message says what to write instead', (name) => {
    expect(all.stderr).toMatch(new RegExp(`^  ${name} .*(must|needs|there are) `, 'm'));
  });

  it.each(ALONE)('%s ends the start', (name, _, message) => {
    const exit = alone.get(name) as Exit;
    expect(exit.stderr).toMatch(message);
    expect(named(exit)).toHaveLength(1);
  });
});

describe('a host that cannot be listened on', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await testDatabase()));
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  it('ends the start with one message that names HOST', async () => {
    const settings = { GATEHOUSE_MODE: 'development', DATABASE_URL: database.url, LOG_LEVEL: 'silent' };
    const { code, stdout, stderr } = await launch(SERVICE, { ...settings, HOST: '203.0.113.7' }).exited();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe('gatehouse: HOST: this machine has no address 203.0.113.7\n');
  });
});

describe('a DATABASE_URL that PostgreSQL refuses', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await testDatabase()));
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  const changed = (change: (url: URL) => void): string => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };

  it.each<[string, (url: URL) => void, RegExp]>([
    ['password', (url) => void (url.password = 'hunter2-hunter2'), /password authentication failed/],
    ['database', (url) => void (url.pathname = '/not_there'), /database "not_there" does not exist/],
  ])('a wrong %s ends the start without waiting, and shows no password', async (_, change, reason) => {
    const DATABASE_URL = changed(change);
    const { stderr } = await refusal({ DATABASE_URL });
    expect(stderr).toMatch(
      /^gatehouse: DATABASE_URL: PostgreSQL at 127\.0\.0\.1:\d+\/\w+ cannot be used: .*\n$/,
    );
    expect(stderr).toMatch(reason);
    expect(stderr).not.toContain(new URL(database.url).password);
  });

  it('reads DATABASE_URL and SECRET_KEYS from files, the newline at their end left out', async () => {
    const dir = newDataDir();
    const inFile = (name: string, text: string): string => {
      const file = path.join(dir, name);
      fs.writeFileSync(file, `${text}\n`);
      return file;
    };
    const exit = await refusal({
      DATABASE_URL_FILE: inFile(
        'url',
        changed((url) => void (url.password = 'hunter2-hunter2')),
      ),
      SECRET_KEYS_FILE: inFile('keys', 'k'.repeat(32)),
    });
    expect(exit.stderr).toMatch(/DATABASE_URL: .* password authentication failed/);
  });
});
