import { prefixOf, resolveContract, rewriteUrl, rootTable } from './resolve-contract.js';

const table = rootTable(
  [
    { id: 'alone', own: ['/v1/auth', '/v1/sessions'] },
    {
      id: 'header',
      own: [],
      shared: { base: '/api', paths: ['login', 'verify'] },
      headers: ['api-token', 'channel'],
    },
    { id: 'host', own: ['/users'], shared: { base: '/api', paths: ['login', 'me'] } },
    { id: 'other', own: [], shared: { base: '/api', paths: ['login', 'me'] } },
  ],
  {
    hosts: new Map([
      ['host.example.com', 'host'],
      ['localhost:8080', 'other'],
    ]),
    fallback: 'header',
  },
);

describe('resolveContract', () => {
  it.each([
    ['a path of its own', '/v1/auth', {}, 'alone'],
    ['a path below its own', '/v1/auth/token/fresh', {}, 'alone'],
    ['a second path of its own', '/v1/sessions/users/1', {}, 'alone'],
    [
      'its own path on a foreign host, with a foreign header',
      '/v1/auth/x',
      { host: 'localhost:8080', channel: 'web' },
      'alone',
    ],
    ['a shared base, a path that one alone documents', '/api/verify', { host: 'localhost:8080' }, 'header'],
    ['a header', '/api/login', { host: 'localhost:8080', 'api-token': 'x' }, 'header'],
    ['another header', '/api/login', { host: 'localhost:8080', channel: 'web' }, 'header'],
    ['an empty header', '/api/login', { host: 'localhost:8080', channel: '' }, 'header'],
    ['the host', '/api/login', { host: 'localhost:8080' }, 'other'],
    ['the host in any case', '/api/login', { host: 'HOST.Example.COM' }, 'host'],
    ['the host for a path that nobody documents', '/api/nothing', { host: 'host.example.com' }, 'host'],
    ['the default', '/api/login', { host: 'localhost:9090' }, 'header'],
    ['the default without the port that the setting names', '/api/login', { host: 'localhost' }, 'header'],
    [
      'the default with a port that the setting does not name',
      '/api/login',
      { host: 'host.example.com:80' },
      'header',
    ],
    ['the default without any host', '/api/login', {}, 'header'],
    ['the default for the base itself', '/api', {}, 'header'],
    ['the default for a path below a documented one', '/api/verify/more', {}, 'header'],
  ])('goes by %s', (_, path, headers, contract) => {
    expect(resolveContract(path, headers, table)).toBe(contract);
  });

  it.each([
    '/',
    '',
    '/health/live',
    '/swagger',
    '/v1',
    '/v1/authority',
    '/v1/sessionsX',
    '/apix/login',
    '/API/login',
    '/alone/v1/auth',
    '/header/api/login',
    '/.well-known/jwks.json',
    '//api/login',
  ])('knows no contract for %j, whatever the host and headers', (path) => {
    expect(resolveContract(path, { host: 'localhost:8080', channel: 'web' }, table)).toBeUndefined();
  });
});

describe('rewriteUrl', () => {
  it.each([
    ['/v1/auth/token', '/alone/v1/auth/token'],
    ['/v1/sessions/users/1?page=1&per_page=3', '/alone/v1/sessions/users/1?page=1&per_page=3'],
    ['/api/verify?next=/v1/auth', '/header/api/verify?next=/v1/auth'],
    ['/v1/auth?', '/alone/v1/auth?'],
    ['/v1/auth/%2e%2e/x', '/alone/v1/auth/%2e%2e/x'],
    ['/api/login', '/other/api/login'],
    ['/alone/v1/auth', '/alone/v1/auth'],
    ['/health/live?x=/api/login', '/health/live?x=/api/login'],
    ['/?/api/login', '/?/api/login'],
    ['/', '/'],
  ])('%s becomes %s', (url, rewritten) => {
    expect(rewriteUrl(url, { host: 'localhost:8080' }, table)).toBe(rewritten);
  });
});

describe('prefixOf', () => {
  it.each([
    ['/alone', 'alone'],
    ['/alone/', 'alone'],
    ['/alone/v1/auth', 'alone'],
    ['/alone?x=1', 'alone'],
    ['/other/api/login?x=/alone', 'other'],
    ['/alonely/v1', undefined],
    ['/Alone/v1', undefined],
    ['/v1/alone', undefined],
    ['/?alone', undefined],
    ['/', undefined],
    ['', undefined],
    ['/constructor', undefined],
    ['/__proto__/x', undefined],
  ])('of %j is %s', (url, prefix) => {
    expect(prefixOf(url, table.ids)).toBe(prefix);
  });
});
