import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from './config.js';
import { DEVELOPMENT_SECRET, SETTINGS } from './env.js';
import { ConfigError } from './read-env.js';
import { REQUIRED, type Setting } from './setting.js';
import { settingsTable } from './settings-table.js';

const CONTRACTS = ['token', 'camel', 'channel', 'jsend', 'snake'];
const SECRET = 'a secret of production which nobody else knows';
const PRODUCTION = {
  DATABASE_URL: 'postgres://gatehouse:pw@db/gatehouse',
  PUBLIC_URL: 'https://auth.example.com/',
  SECRET_KEYS: SECRET,
  SMTP_URL: 'smtp://gatehouse:pw@mail.example.com',
  MAIL_FROM: 'Gatehouse <no-reply@example.com>',
};
const DEVELOPMENT = { GATEHOUSE_MODE: 'development' };

type Env = Record<string, string | undefined>;
const load = (env: Env) => loadConfig(env, CONTRACTS);

function faultsOf(env: Env): readonly string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing in development', () => {
    const config = load(DEVELOPMENT);
    expect(config).toMatchObject({
      mode: 'development',
      listen: { hosts: ['127.0.0.1', '::1'], ports: [8060, 8080] },
      database: { url: undefined, dataDir: undefined },
      publicUrl: 'http://localhost:8060',
      secretKeys: [DEVELOPMENT_SECRET],
      tokens: {
        issuer: 'http://localhost:8060',
        audience: 'gatehouse',
        algorithm: 'ES256',
        accessTtl: 3_600_000,
      },
      mail: {
        server: undefined,
        from: { name: 'Gatehouse', address: 'no-reply@gatehouse.localhost' },
        keepContent: true,
      },
      codes: { searchLimit: 1_000_000 },
      reauthenticationWindow: 0,
      corsOrigins: ['http://localhost:*', 'http://127.0.0.1:*'],
      accounts: { requireVerifiedEmail: false, hideUnknown: false },
      sessions: { idleTtl: 30 * 86_400_000, maxAge: 90 * 86_400_000, reuseGrace: 10_000 },
      lockout: {
        network: { attempts: 10, duration: 900_000 },
        account: { attempts: 100, duration: 86_400_000 },
        knownNetworkTtl: 180 * 86_400_000,
        failureFloor: 250,
      },
      passwordHash: { cost: { memoryKiB: 19_456, passes: 2, lanes: 1 } },
    });
    expect([...config.contracts.hosts]).toEqual([
      ['localhost:8080', 'jsend'],
      ['127.0.0.1:8080', 'snake'],
    ]);
    expect(config.contracts.fallback).toBe('channel');
    expect(config.links.resetPassword('x')).toBe('http://localhost:8060/reset-password?token=x');
    expect(config.links.verifyEmail('x')).toBe('http://localhost:8060/api/v1/auth/verify-email/x');
  });

  it('is production unless it says otherwise', () => {
    const config = load(PRODUCTION);
    expect(config).toMatchObject({
      mode: 'production',
      publicUrl: 'https://auth.example.com',
      listen: { hosts: ['::'] },
      mail: {
        server: {
          host: 'mail.example.com',
          port: 587,
          tls: 'opportunistic',
          login: { user: 'gatehouse', password: 'pw' },
        },
        from: { name: 'Gatehouse', address: 'no-reply@example.com' },
        keepContent: false,
      },
      codes: { searchLimit: 20 },
      reauthenticationWindow: 0,
      corsOrigins: [],
    });
    expect(config.tokens.issuer).toBe('https://auth.example.com');
    expect(config.links.resetPassword('x')).toBe('https://auth.example.com/reset-password?token=x');
    expect(config.contracts.hosts.size).toBe(0);
    expect(config.accounts.hideUnknown).toBe(true);
  });

  it('makes links from PUBLIC_URL, PASSWORD_RESET_URL or the own base of an application', () => {
    const { verifyEmail, resetPassword } = load({
      ...PRODUCTION,
      PASSWORD_RESET_URL: 'https://www.example.com/new-password/',
    }).links;
    expect(verifyEmail('x')).toBe('https://auth.example.com/api/v1/auth/verify-email/x');
    expect(resetPassword('x')).toBe('https://www.example.com/new-password?token=x');
    for (const link of [verifyEmail, resetPassword]) {
      expect(link('x', null)).toBe(link('x'));
      expect(link('x', 'https://shop.example/a')).toBe('https://shop.example/a?token=x');
      expect(link('x', 'https://shop.example/a?b=1&token=old')).toBe('https://shop.example/a?b=1&token=x');
      expect(link('x', 'https://shop.example/#/a')).toBe('https://shop.example/?token=x#/a');
    }
  });

  it('takes an empty variable for an absent one', () => {
    const empty = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, '']));
    expect(load({ ...empty, ...DEVELOPMENT }).listen.ports).toEqual([8060, 8080]);
    expect(faultsOf({ ...PRODUCTION, SECRET_KEYS: '' })).toEqual([
      expect.stringMatching(/^SECRET_KEYS is not set/),
    ]);
  });

  it('names every setting that production lacks, in one go', () => {
    const names = faultsOf({}).map((fault) => fault.split(' ')[0]);
    expect(names.sort()).toEqual(Object.keys(PRODUCTION).sort());
    for (const name of Object.keys(PRODUCTION)) {
      expect(faultsOf({ ...PRODUCTION, [name]: undefined })).toEqual([
        expect.stringMatching(`^${name} is not set`),
      ]);
    }
  });

  it('lists every fault at once, each with what was written, those about contracts included', () => {
    const faults = faultsOf({
      GATEHOUSE_MODE: 'development',
      PORTS: 'eighty',
      ACCESS_TOKEN_TTL: 'soon',
      LOG_LEVEL: 'loud',
      CONTRACT_HOSTS: 'a.example.com=nobody,b.example.com=camel,c.example.com=someone',
      DEFAULT_CONTRACT: 'chanel',
    });
    expect(faults).toHaveLength(6);
    for (const words of [
      /^PORTS .*"eighty"/,
      /^ACCESS_TOKEN_TTL .*"soon"/,
      /^LOG_LEVEL .*"loud"/,
      /^CONTRACT_HOSTS .*a\.example\.com.*nobody.*token, camel, channel, jsend, snake/,
      /^CONTRACT_HOSTS .*c\.example\.com.*someone/,
      /^DEFAULT_CONTRACT .*chanel/,
    ]) {
      expect(faults).toContainEqual(expect.stringMatching(words));
    }
  });

  it('refuses a METRICS_PORT that is one of PORTS, unless each is any free one', () => {
    const metricsOn = (METRICS_PORT: string) => ({ ...DEVELOPMENT, PORTS: '8060,0,8080', METRICS_PORT });
    expect(faultsOf(metricsOn('8080'))).toEqual([
      'METRICS_PORT must not be one of PORTS, and is 8080: public gives them all /metrics',
    ]);
    for (const port of ['0', '9464']) expect(load(metricsOn(port)).metricsPort).toBe(Number(port));
    expect(load(metricsOn('public')).metricsPort).toBe('public');
    expect(load(PRODUCTION).metricsPort).toBeUndefined();
  });

  it('says each of them in the error, one a line', () => {
    expect(() => load({ ...DEVELOPMENT, PORTS: 'x', LOG_LEVEL: 'y' })).toThrow(
      /\n {2}PORTS .*\n {2}LOG_LEVEL /,
    );
  });

  it('refuses a mode that is neither, and demands what production demands', () => {
    const faults = faultsOf({ GATEHOUSE_MODE: 'staging' });
    expect(faults).toContainEqual(expect.stringMatching(/^GATEHOUSE_MODE .*"staging"/));
    expect(faults).toContainEqual(expect.stringMatching(/^SECRET_KEYS is not set/));
  });

  it.each([DEVELOPMENT_SECRET, `${SECRET},${DEVELOPMENT_SECRET}`])(
    'refuses the development secret in production: %#',
    (keys) => {
      const faults = faultsOf({ ...PRODUCTION, SECRET_KEYS: keys });
      expect(faults).toEqual([expect.stringMatching(/^SECRET_KEYS .*development secret/)]);
      expect(faults.join()).not.toContain(DEVELOPMENT_SECRET);
    },
  );

  describe('a secret from a file', () => {
    let dir: string;
    const fileWith = (text: string): string => {
      const file = path.join(dir, 'secret');
      writeFileSync(file, text);
      return file;
    };

    beforeEach(() => {
      dir = mkdtempSync(path.join(tmpdir(), 'gatehouse-config-'));
    });
    afterEach(() => rmSync(dir, { recursive: true }));

    it.each(['', '\n', '\r\n', '  \n\n'])('is read without the white space that editors leave: %j', (end) => {
      const { SECRET_KEYS: _, ...rest } = PRODUCTION;
      expect(load({ ...rest, SECRET_KEYS_FILE: fileWith(`${SECRET}${end}`) }).secretKeys).toEqual([SECRET]);
    });

    it('works for the database too', () => {
      const url = 'postgres://u:p@host/db';
      expect(load({ ...DEVELOPMENT, DATABASE_URL_FILE: fileWith(`${url}\n`) }).database.url).toBe(url);
    });

    it('is refused where the setting is given both ways', () => {
      const faults = faultsOf({ ...PRODUCTION, SECRET_KEYS_FILE: fileWith(SECRET) });
      expect(faults).toEqual(['SECRET_KEYS is set, and so is SECRET_KEYS_FILE: set one of them']);
    });

    it('is refused where the file is missing, and absent where it is empty', () => {
      const { SECRET_KEYS: _, ...rest } = PRODUCTION;
      expect(faultsOf({ ...rest, SECRET_KEYS_FILE: path.join(dir, 'nothing') })).toEqual([
        expect.stringMatching(/^SECRET_KEYS cannot be read .*SECRET_KEYS_FILE/),
      ]);
      expect(faultsOf({ ...rest, SECRET_KEYS_FILE: fileWith('\n') })).toEqual([
        expect.stringMatching(/^SECRET_KEYS is not set/),
      ]);
    });

    it('is checked like any other, and never echoed', () => {
      const { SECRET_KEYS: _, ...rest } = PRODUCTION;
      expect(faultsOf({ ...rest, SECRET_KEYS_FILE: fileWith('too-short-secret') }).join()).not.toContain(
        'too-short',
      );
      expect(faultsOf({ ...rest, SECRET_KEYS_FILE: fileWith(DEVELOPMENT_SECRET) })).toHaveLength(1);
    });
  });

  it.each(
    Object.entries({
      SECRET_KEYS: 'hunter2',
      DATABASE_URL: 'mysql://u:hunter2@host/db',
      SMTP_URL: 'http://u:hunter2@host',
    }),
  )('never echoes %s', (name, value) => {
    const faults = faultsOf({ ...PRODUCTION, [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults.join()).not.toContain('hunter2');
  });
});

describe('the defaults', () => {
  const entries = Object.entries(SETTINGS as Record<string, Setting<unknown>>);

  it('differ between the modes in what production must be told, and in what development opens', () => {
    const differing = entries.filter(([, { development, production }]) => development !== production);
    const required = differing.filter(([, { production }]) => production === REQUIRED).map(([name]) => name);
    expect(required.sort()).toEqual(Object.keys(PRODUCTION).sort());
    const opened = differing.filter(([, { production }]) => production !== REQUIRED).map(([name]) => name);
    // How many codes are searched; the two documents' own hosts; pages of localhost; whether an address has an
    // account; beyond loopback; metrics on the public ports, common passwords, stopping at once, and as many requests
    // as anybody likes.
    expect(opened.sort()).toEqual([
      'CODE_SEARCH_LIMIT',
      'CONTRACT_HOSTS',
      'CORS_ORIGINS',
      'ENUMERATION_PROTECTION',
      'HOST',
      'METRICS_PORT',
      'PASSWORD_BLOCKLIST',
      'SHUTDOWN_DELAY',
      'THROTTLE',
    ]);
  });

  it('are such as their own parsers accept', () => {
    for (const [, { parse, development, production }] of entries) {
      for (const text of [development, production]) {
        if (typeof text === 'string') expect(() => parse(text)).not.toThrow();
      }
    }
  });

  it('stand in the table with every setting, and no secret does', () => {
    const table = settingsTable();
    for (const [name, { about }] of entries)
      expect(table).toMatch(
        new RegExp(`^\\| \`${name}\`.*${about.slice(-10).replace(/\W/g, '.')} \\|$`, 'm'),
      );
    expect(table).not.toContain(DEVELOPMENT_SECRET);
  });
});
