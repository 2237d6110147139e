import { loadConfig } from '@gatehouse/config';
import { resolveContract, rewriteUrl, rootTable } from '@gatehouse/contract-kit';
import { pages } from '@gatehouse/pages';
import { CONTRACTS, ROOTS } from './index.js';

const ids = ROOTS.map(({ id }) => id);
const { contracts: settings } = loadConfig({ GATEHOUSE_MODE: 'development' }, ids);
const table = rootTable(ROOTS, settings);

const JSEND_HOST = 'localhost:8080';
const SNAKE_HOST = '127.0.0.1:8080';
const HOSTS = ['localhost:8060', JSEND_HOST, SNAKE_HOST, '127.0.0.1:8060', 'auth.example.com', undefined];
const API_TOKEN = { 'api-token': 'dev-api-token', channel: 'web' };

/** Every path of the five documents, and channel's addition to its own. */
const DOCUMENTED: Record<string, readonly string[]> = {
  token: [
    '/v1/auth/token/register',
    '/v1/auth/token/fresh',
    '/v1/auth/token/verify',
    '/v1/auth/token/revoke',
    '/v1/auth/token/refresh',
    '/v1/sessions/users/1',
    '/v1/sessions/20db8059-c73a-4f8c-afa3-37a24e2997f7',
  ],
  camel: [
    'register',
    'login',
    'refresh',
    'validate',
    'logout',
    'password-reset',
    'password-reset/confirm',
    'change-password',
    'profile',
    'verify-email/abc123',
    'health',
  ].map((path) => `/api/v1/auth/${path}`),
  channel: [
    'login',
    'register',
    'logout',
    'forgot-password',
    'reset-password',
    'verify-email',
    'refresh-token',
    'resend-verification',
  ].map((path) => `/api/auth/${path}`),
  jsend: ['register', 'login', 'logout', 'get_user', 'refresh_token', 'reset_password'].map(
    (path) => `/api/auth/${path}`,
  ),
  snake: [...['register', 'login', 'refresh', 'logout'].map((path) => `/api/auth/${path}`), '/api/users/me'],
};
const contractsWith = (path: string): string[] => ids.filter((id) => DOCUMENTED[id]?.includes(path));
const paths = [...new Set(Object.values(DOCUMENTED).flat())];
const unique = paths.filter((path) => contractsWith(path).length === 1);
const shared = paths.filter((path) => contractsWith(path).length > 1);

describe('the roots of the five documents', () => {
  it('are those of the contracts that are served', () => {
    expect(ids).toEqual(['token', 'camel', 'channel', 'jsend', 'snake']);
    for (const { id, root } of CONTRACTS) {
      expect(ROOTS).toContain(root);
      expect(root.id).toBe(id);
    }
  });

  it('share login, logout and register, and nothing else', () => {
    expect(shared.sort()).toEqual(['/api/auth/login', '/api/auth/logout', '/api/auth/register']);
  });

  it.each(unique)('%s belongs to one contract, on every host, with and without the headers', (path) => {
    const [contract] = contractsWith(path);
    for (const host of HOSTS) {
      for (const headers of [{}, API_TOKEN])
        expect(resolveContract(path, { host, ...headers }, table)).toBe(contract);
    }
  });

  it.each(shared)('%s with an Api-Token or a channel is for channel, on every host', (path) => {
    for (const host of HOSTS) {
      for (const headers of [API_TOKEN, { 'api-token': 'x' }, { channel: 'web' }]) {
        expect(resolveContract(path, { host, ...headers }, table)).toBe('channel');
      }
    }
  });

  it.each(shared)('%s without them goes by the host, else to channel', (path) => {
    const by = Object.fromEntries(
      HOSTS.map((host) => [String(host), resolveContract(path, { host }, table)]),
    );
    expect(by).toEqual({
      'localhost:8060': 'channel',
      [JSEND_HOST]: 'jsend',
      [SNAKE_HOST]: 'snake',
      '127.0.0.1:8060': 'channel',
      'auth.example.com': 'channel',
      undefined: 'channel',
    });
  });

  it.each(Object.entries({ jsend: JSEND_HOST, snake: SNAKE_HOST }))(
    "%s's whole document works on its own base URL",
    (contract, host) => {
      for (const path of DOCUMENTED[contract] ?? [])
        expect(resolveContract(path, { host }, table)).toBe(contract);
    },
  );

  it.each(ids)('%s is under its own prefix with every path, on every host', (contract) => {
    for (const path of DOCUMENTED[contract] ?? []) {
      for (const host of HOSTS) {
        const url = `/${contract}${path}?page=1`;
        expect(rewriteUrl(url, { host, ...API_TOKEN }, table)).toBe(url);
      }
    }
  });

  it('leave the paths of the service itself alone', () => {
    for (const path of [
      '/',
      '/health/live',
      '/health/ready',
      '/swagger',
      '/dev/mailbox',
      '/.well-known/jwks.json',
      '/reset-password',
      '/favicon.ico',
    ]) {
      for (const host of HOSTS) expect(rewriteUrl(path, { host, ...API_TOKEN }, table)).toBe(path);
    }
  });
});

describe('the pages behind mailed links, beside them', () => {
  const served = rootTable([...ROOTS, pages.root], settings);
  const LINK = '/api/v1/auth/verify-email/abc123';
  const NAVIGATION = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

  it('change nothing for a client of the five', () => {
    for (const path of paths) {
      for (const host of HOSTS) {
        for (const accept of [undefined, '*/*', 'application/json']) {
          for (const headers of [{}, API_TOKEN]) {
            const sent = { ...headers, ...(accept !== undefined && { accept }), host };
            expect(resolveContract(path, sent, served)).toBe(resolveContract(path, sent, table));
          }
        }
      }
    }
  });

  it("mean a browser's visit to a verification link, and nothing else of the five", () => {
    for (const host of HOSTS) {
      expect(resolveContract(LINK, { host, accept: NAVIGATION }, served)).toBe('pages');
      for (const path of paths.filter((each) => each !== LINK)) {
        const headers = { host, ...API_TOKEN };
        expect(resolveContract(path, { ...headers, accept: NAVIGATION }, served)).toBe(
          resolveContract(path, headers, table),
        );
      }
    }
  });

  it.each(['/reset-password', '/reset-password?token=x', '/verify-email/resend'])(
    'have %s to themselves',
    (url) => {
      for (const host of HOSTS) {
        for (const accept of ['*/*', NAVIGATION])
          expect(rewriteUrl(url, { host, accept, ...API_TOKEN }, served)).toBe(`/pages${url}`);
      }
    },
  );

  it('leave links below a prefix to the contract whose prefix it is', () => {
    const url = `/camel${LINK}`;
    expect(rewriteUrl(url, { accept: NAVIGATION }, served)).toBe(url);
  });
});
