import { loadConfig } from '@gatehouse/config';
import { ROOTS } from '@gatehouse/contracts';
import { type Answer, send } from '../support/http.js';
import { type Service, startService } from '../support/start-service.js';

const LISTED = 'https://app.example.com';
const ROUTES: [path: string, allow: string][] = [
  ['/v1/auth/token/fresh', 'POST'],
  ['/token/v1/auth/token/fresh', 'POST'],
  ['/v1/sessions/users/1', 'DELETE, GET, HEAD'],
  ['/api/v1/auth/login', 'POST'],
  ['/camel/api/v1/auth/login', 'POST'],
  ['/api/auth/forgot-password', 'POST'],
  ['/channel/api/auth/login', 'POST'],
  ['/api/auth/get_user', 'GET, HEAD'],
  ['/jsend/api/auth/login', 'POST'],
  ['/api/users/me', 'GET, HEAD, PATCH'],
  ['/snake/api/auth/login', 'POST'],
  ['/reset-password', 'GET, HEAD, POST'],
  ['/pages/verify-email/resend', 'POST'],
  ['/health/live', 'GET, HEAD'],
];
const NOWHERE = ['/nothing', '/api/v1/auth/nothing', '/channel/api/auth/nothing', '/reset-password/nothing'];

let service: Service;
beforeAll(async () => {
  service = await startService({ env: { CORS_ORIGINS: `${LISTED},http://localhost:*` } });
});
afterAll(() => service.stop());

const preflight = (path: string, origin = LISTED): Promise<Answer> =>
  send('OPTIONS', service.url + path, {
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'api-token,authorization,channel,content-type,refresh-token',
    },
  });
const items = (value: unknown): string[] =>
  String(value)
    .split(',')
    .map((item) => item.trim().toLowerCase());

describe('a preflight', () => {
  it.each(ROUTES)('to %s lets a listed origin send what contracts need', async (path) => {
    const { status, headers, text } = await preflight(path);
    expect([status, text]).toEqual([204, '']);
    expect(headers['access-control-allow-origin']).toBe(LISTED);
    expect(items(headers['access-control-allow-headers'])).toEqual(
      expect.arrayContaining(['api-token', 'authorization', 'channel', 'content-type', 'refresh-token']),
    );
    expect(items(headers['access-control-allow-methods'])).toEqual(
      expect.arrayContaining(['get', 'post', 'put', 'patch', 'delete']),
    );
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect(items(headers.vary)).toContain('origin');
  });

  it.each([
    'https://evil.example',
    'https://app.example.com.evil.example',
    'http://app.example.com',
    'https://app.example.com:444',
    'http://localhost.evil.example:1',
    'http://localhost:1@evil.example',
    'null',
    '',
    '*',
  ])('from %p is answered like any other method that is none', async (origin) => {
    const answer = await preflight('/api/v1/auth/login', origin);
    expect(answer.status).toBe(405);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(answer.json).toMatchObject({ status: 405 });
  });
});

describe('OPTIONS and what it leaves behind', () => {
  it.each(ROUTES)('%s without an origin is 405, and no Allow names OPTIONS', async (path, allow) => {
    for (const method of ['OPTIONS', 'TRACE']) {
      const answer = await send(method, service.url + path);
      expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
    }
  });

  it.each(NOWHERE)('%s is 404 by any method, to a listed origin too', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await send(method, service.url + path, { headers: { origin: LISTED } });
      expect(answer.status).toBe(404);
      expect(answer.headers).not.toHaveProperty('allow');
      expect(answer.headers['access-control-allow-origin']).toBe(LISTED);
    }
    expect((await send('OPTIONS', service.url + path)).status).toBe(404);
  });

  it('an OPTIONS that names no method is no error of the plugin', async () => {
    const answer = await send('OPTIONS', `${service.url}/api/v1/auth/login`, { headers: { origin: LISTED } });
    expect(answer.status).toBe(204);
  });
});

describe('an answer', () => {
  it.each([
    ['of success', 'GET', '/health/live', 200],
    ['that refuses a token', 'PUT', '/v1/auth/token/verify', 401],
    ['to a wrong method', 'PATCH', '/v1/auth/token/verify', 405],
  ])('%s lets a listed origin read its headers, and no other', async (_, method, path, status) => {
    const listed = await send(method, service.url + path, { headers: { origin: LISTED } });
    expect(listed.status).toBe(status);
    expect(listed.headers['access-control-allow-origin']).toBe(LISTED);
    expect(items(listed.headers['access-control-expose-headers'])).toEqual(
      expect.arrayContaining(['link', 'retry-after', 'www-authenticate']),
    );
    const other = await send(method, service.url + path, { headers: { origin: 'https://evil.example' } });
    expect(other.status).toBe(status);
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
    expect(items(other.headers.vary)).toContain('origin');
  });
});

describe('where no origin is listed', () => {
  let closed: Service;
  beforeAll(async () => {
    closed = await startService({ env: { CORS_ORIGINS: ',' } });
  });
  afterAll(() => closed.stop());

  it.each(ROUTES)('a preflight to %s is answered like any other method that is none', async (path, allow) => {
    const headers = { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' };
    const { status, headers: answered } = await send('OPTIONS', closed.url + path, { headers });
    expect([status, answered.allow]).toEqual([405, allow]);
    expect(Object.keys(answered).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('an answer may be read by no page', async () => {
    const { status, headers } = await send('GET', `${closed.url}/health/live`, {
      headers: { origin: 'http://localhost:3000' },
    });
    expect(status).toBe(200);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

it('production lists no origin by itself', () => {
  const config = loadConfig(
    {
      GATEHOUSE_MODE: 'production',
      PUBLIC_URL: 'https://auth.example.com',
      DATABASE_URL: 'postgres://user:password@db.example.com/gatehouse',
      SECRET_KEYS: 'k'.repeat(44),
      SMTP_URL: 'smtps://user:password@mail.example.com',
      MAIL_FROM: 'auth@example.com',
    },
    ROOTS.map(({ id }) => id),
  );
  expect(config.corsOrigins).toEqual([]);
});
