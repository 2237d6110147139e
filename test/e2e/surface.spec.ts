import { connect } from 'node:net';
import { type Answer, bearer, send, type Sent } from '../support/http.js';
import { sendRaw } from '../support/raw-socket.js';
import { INTERNALS } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';

const JSON_BODY = { 'content-type': 'application/json' };
const LARGE = 100 * 1024 * 1024;

/** Every header that may be sent, so that one which nobody decided on is seen. */
const KNOWN = [
  ...[
    'allow',
    'cache-control',
    'connection',
    'content-length',
    'content-security-policy',
    'content-type',
    'date',
  ],
  ...[
    'keep-alive',
    'link',
    'referrer-policy',
    'retry-after',
    'strict-transport-security',
    'www-authenticate',
  ],
  ...['x-content-type-options', 'x-request-id', 'vary', 'access-control-allow-origin'],
];

const ANSWERS: [what: string, method: string, path: string, sent: Sent, status: number][] = [
  [
    'a token',
    'POST',
    '/v1/auth/token/fresh',
    { body: { username: 'admin', password: 'gatehouse-admin' } },
    200,
  ],
  ['a wrong password', 'POST', '/v1/auth/token/fresh', { body: { username: 'admin', password: 'x' } }, 401],
  ['a list without a token', 'GET', '/v1/sessions/users/1', {}, 401],
  ['a forged token', 'PUT', '/v1/auth/token/verify', { headers: bearer('a.b.c') }, 401],
  ['malformed JSON', 'POST', '/api/v1/auth/login', { headers: JSON_BODY, body: '{' }, 400],
  ['an empty body', 'POST', '/api/v1/auth/login', { headers: JSON_BODY, body: '' }, 400],
  ['a prototype', 'POST', '/api/v1/auth/login', { headers: JSON_BODY, body: '{"__proto__":{}}' }, 400],
  [
    'another media type',
    'POST',
    '/jsend/api/auth/login',
    { headers: { 'content-type': 'text/xml' }, body: '<a/>' },
    415,
  ],
  ['a large body', 'POST', '/snake/api/auth/login', { headers: JSON_BODY, body: 'x'.repeat(65_537) }, 413],
  ['another method', 'PUT', '/channel/api/auth/login', {}, 405],
  ['no path', 'GET', '/nothing', {}, 404],
  ['no path of a contract', 'GET', '/camel/api/v1/auth/nothing', {}, 404],
  ['a malformed path', 'GET', '/camel/%ff', {}, 400],
  ['the health', 'GET', '/health/live', {}, 200],
  ['the keys', 'GET', '/.well-known/jwks.json', {}, 200],
  ['a page', 'GET', '/reset-password?token=none', {}, 400],
  ['a document', 'GET', '/swagger/token.json', {}, 200],
];

describe.each([
  ['https://auth.example.com', 'max-age=31536000'],
  ['http://auth.example.com', undefined],
])('answers of %s', (PUBLIC_URL, hsts) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ env: { PUBLIC_URL } });
  });
  afterAll(() => service.stop());

  it.each(ANSWERS)(
    '%s carries the headers that were decided on, and no other',
    async (...[, method, path, sent, status]) => {
      const answer = await send(method, service.url + path, sent);
      expect(answer.status).toBe(status);
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringMatching(/^default-src 'none';.* ?frame-ancestors 'none'/),
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect(answer.headers['strict-transport-security']).toBe(hsts);
      expect(Object.keys(answer.headers).filter((name) => !KNOWN.includes(name))).toEqual([]);
    },
  );

  it.each(ANSWERS)('%s names nothing internal', async (...[, method, path, sent]) => {
    const { headers, text } = await send(method, service.url + path, sent);
    expect(text).not.toMatch(INTERNALS);
    expect(JSON.stringify({ ...headers, date: '' })).not.toMatch(INTERNALS);
  });
});

describe('bodies of 100 MB', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const head = (path: string, length: string): string =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${length}\r\n\r\n`;

  it.each([
    ['announced', '/camel/api/v1/auth/login', `Content-Length: ${LARGE}`, 413],
    ['in chunks', '/camel/api/v1/auth/login', 'Transfer-Encoding: chunked', 413],
    ['announced, to no path', '/nothing', `Content-Length: ${LARGE}`, 404],
    ['in chunks, to no path', '/nothing', 'Transfer-Encoding: chunked', 404],
  ])('%s are refused before they have been sent', async (_, path, length, status) => {
    const { hostname, port } = new URL(service.url);
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const framed = Buffer.concat([Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')]);
    const { answer, sent } = await new Promise<{ answer: string; sent: number }>((resolve) => {
      const received: Buffer[] = [];
      const socket = connect(Number(port), hostname);
      const more = (): void => {
        while (!socket.destroyed && socket.bytesWritten < LARGE)
          if (!socket.write(length.startsWith('Content') ? chunk : framed)) return;
      };
      socket.on('connect', () => {
        socket.write(head(path, length));
        more();
      });
      socket.on('drain', more);
      socket.on('data', (bytes: Buffer) => received.push(bytes));
      socket.on('error', () => undefined);
      socket.on('close', () =>
        resolve({ answer: Buffer.concat(received).toString(), sent: socket.bytesWritten }),
      );
    });
    expect(sent).toBeLessThan(LARGE / 4);
    // A client that goes on sending may lose the answer with the connection; what it reads is this one.
    if (answer !== '') expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it('a client that waits reads why', async () => {
    for (const [path, status] of [
      ['/camel/api/v1/auth/login', 413],
      ['/nothing', 404],
    ] as const) {
      const [answer] = await sendRaw(service, head(path, `Content-Length: ${LARGE}`));
      expect((answer as Answer).status).toBe(status);
      expect((answer as Answer).headers['connection']).toBe('close');
    }
  });
});
