import { type Answer, bearer, send, type Sent } from '../support/http.js';
import { type OpenAccount, openAccount } from '../support/open-account.js';
import { expectRefusal, type Speaker } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';

let service: Service;
let account: OpenAccount;
beforeAll(async () => {
  service = await startService();
  account = await openAccount(service);
});
afterAll(() => service.stop());

const ask = (method: string, path: string, sent?: Sent): Promise<Answer> =>
  send(method, service.url + path, sent);

/** One path for each way of being nowhere: below a contract's prefix, at its root, on nobody's ground. */
const NOWHERE: [speaker: Speaker, path: string][] = [
  ['token', '/token/v1/auth/token/nothing'],
  ['token', '/token'],
  ['token', '/v1/auth/token/nothing'],
  ['token', '/v1/sessions'],
  ['token', '/v1/auth/token/fresh/'],
  ['camel', '/camel/api/v1/auth/nothing'],
  ['camel', '/camel/'],
  ['camel', '/api/v1/auth'],
  ['camel', '/api/v1/auth/login/more'],
  ['camel', '/camel/v1/auth/token/fresh'],
  ['channel', '/channel/api/auth/nothing'],
  ['channel', '/channel/api/auth/get_user'],
  ['channel', '/api/auth'],
  ['channel', '/api/auth/nothing'],
  ['channel', '/api/auth/verify-email/123456'],
  ['jsend', '/jsend/api/auth/nothing'],
  ['jsend', '/jsend/api/auth/refresh-token'],
  ['jsend', '/jsend/api/users/me'],
  ['snake', '/snake/api/auth/nothing'],
  ['snake', '/snake/api/auth/refresh_token'],
  ['snake', '/api/users'],
  ['snake', '/api/users/1'],
  ['none', '/'],
  ['none', '//'],
  ['none', '/nothing'],
  ['none', '/api'],
  ['none', '/api/authority'],
  ['none', '/TOKEN/v1/auth/token/fresh'],
  ['none', '/health'],
  ['none', '/tokens'],
  ['none', '/.env'],
];

/** Bodies that would be refused by themselves: that there is nothing at the path comes first. */
const ODD_BODIES: Record<string, { headers?: Record<string, string>; body?: string }> = {
  'no body': {},
  'malformed JSON': { headers: { 'content-type': 'application/json' }, body: '{' },
  'another media type': { headers: { 'content-type': 'text/plain' }, body: 'text' },
  'a large body': { headers: { 'content-type': 'application/json' }, body: ' '.repeat(70_000) },
};

describe('a path that nothing answers to', () => {
  it.each(NOWHERE)('%s: %s is 404', async (speaker, path) => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']) {
      const answer = await ask(method, path);
      expectRefusal(answer, speaker, 404);
      expect(answer.headers).not.toHaveProperty('allow');
    }
    for (const sent of Object.values(ODD_BODIES)) expectRefusal(await ask('POST', path, sent), speaker, 404);
  });
});

const UUID = '00000000-0000-4000-8000-000000000000';

/** Every path and what it answers to. */
const ROUTES: [speaker: Speaker, path: string, allow: string][] = [
  ['token', '/v1/auth/token/register', 'POST'],
  ['token', '/v1/auth/token/fresh', 'POST'],
  ['token', '/v1/auth/token/verify', 'PUT'],
  ['token', '/v1/auth/token/revoke', 'PUT'],
  ['token', '/v1/auth/token/refresh', 'POST'],
  ['token', '/v1/sessions/users/1', 'DELETE, GET, HEAD'],
  ['token', '/v1/sessions/users/1?page=1', 'DELETE, GET, HEAD'],
  ['token', `/v1/sessions/${UUID}`, 'DELETE'],
  ['camel', '/api/v1/auth/register', 'POST'],
  ['camel', '/api/v1/auth/login', 'POST'],
  ['camel', '/api/v1/auth/refresh', 'POST'],
  ['camel', '/api/v1/auth/validate', 'POST'],
  ['camel', '/api/v1/auth/logout', 'POST'],
  ['camel', '/api/v1/auth/password-reset', 'POST'],
  ['camel', '/api/v1/auth/password-reset/confirm', 'POST'],
  ['camel', '/api/v1/auth/change-password', 'PUT'],
  ['camel', '/api/v1/auth/profile', 'GET, HEAD'],
  ['camel', '/api/v1/auth/verify-email/token', 'GET, HEAD'],
  ['camel', '/api/v1/auth/health', 'GET, HEAD'],
  ['channel', '/api/auth/login', 'POST'],
  ['channel', '/api/auth/register', 'POST'],
  ['channel', '/api/auth/logout', 'POST'],
  ['channel', '/api/auth/forgot-password', 'POST'],
  ['channel', '/api/auth/reset-password', 'POST'],
  ['channel', '/api/auth/verify-email', 'POST'],
  ['channel', '/api/auth/resend-verification', 'POST'],
  ['channel', '/api/auth/refresh-token', 'POST'],
  ['jsend', '/api/auth/register', 'POST'],
  ['jsend', '/api/auth/login', 'POST'],
  ['jsend', '/api/auth/logout', 'POST'],
  ['jsend', '/api/auth/get_user', 'GET, HEAD'],
  ['jsend', '/api/auth/refresh_token', 'POST'],
  ['jsend', '/api/auth/reset_password', 'PUT'],
  ['snake', '/api/auth/register', 'POST'],
  ['snake', '/api/auth/login', 'POST'],
  ['snake', '/api/auth/refresh', 'POST'],
  ['snake', '/api/auth/logout', 'POST'],
  ['snake', '/api/users/me', 'GET, HEAD, PATCH'],
  ['none', '/health/live', 'GET, HEAD'],
  ['none', '/health/ready', 'GET, HEAD'],
  ['none', '/metrics', 'GET, HEAD'],
  ['none', '/.well-known/jwks.json', 'GET, HEAD'],
  ['none', '/swagger/token.json', 'GET, HEAD'],
  ['none', '/dev/mailbox', 'GET, HEAD'],
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'PURGE'];

/** What tells whom a path is meant for that several contracts have. */
const ADDRESSED: Partial<Record<Speaker, Record<string, string>>> = {
  jsend: { host: 'localhost:8080' },
  snake: { host: '127.0.0.1:8080' },
};

describe('a path under another method', () => {
  it.each(ROUTES)('%s: %s answers to %s alone', async (speaker, path, allow) => {
    for (const method of METHODS.filter((each) => !allow.split(', ').includes(each))) {
      const answers = [await ask(method, path, { headers: ADDRESSED[speaker] })];
      if (speaker !== 'none') answers.push(await ask(method, `/${speaker}${path}`));
      for (const answer of answers) {
        expectRefusal(answer, speaker, 405);
        expect(answer.headers.allow).toBe(allow);
      }
    }
  });

  it.each(ROUTES.filter(([, , allow]) => !allow.includes('POST')))(
    '%s: %s is 405 whatever the body is',
    async (speaker, path) => {
      for (const { headers, body } of Object.values(ODD_BODIES)) {
        const sent = { headers: { ...headers, ...ADDRESSED[speaker] }, body };
        expectRefusal(await ask('POST', path, sent), speaker, 405);
      }
    },
  );

  it.each(ROUTES.filter(([, , allow]) => !allow.includes('HEAD')))(
    '%s: HEAD of %s has no body',
    async (_, path, allow) => {
      const { status, headers, text } = await ask('HEAD', path);
      expect({ status, allow: headers.allow, text }).toEqual({ status: 405, allow, text: '' });
    },
  );
});

describe('HEAD of a path that answers to GET', () => {
  it.each([
    '/health/live',
    '/camel/api/v1/auth/health',
    '/.well-known/jwks.json',
    '/camel/api/v1/auth/profile',
    '/jsend/api/auth/get_user',
    '/snake/api/users/me',
  ])('%s has the headers and no body', async (path) => {
    const headers = bearer(account.camel.accessToken);
    const [head, get] = [await ask('HEAD', path, { headers }), await ask('GET', path, { headers })];
    expect({ status: head.status, text: head.text }).toEqual({ status: 200, text: '' });
    for (const name of ['content-type', 'content-length', 'cache-control'] as const) {
      expect({ name, value: head.headers[name] }).toEqual({ name, value: get.headers[name] });
    }
  });
});
