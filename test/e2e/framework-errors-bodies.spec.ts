import {
  addressOf,
  ENDPOINTS_WITH_BODY,
  headersOf,
  type Holder,
  openHolder,
} from '../support/documented-bodies.js';
import { type Answer, bearer, send } from '../support/http.js';
import { openAccount } from '../support/open-account.js';
import { sendRaw } from '../support/raw-socket.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

const LIMIT = 64 * 1024;

let service: Service;
let holder: Holder;
beforeAll(async () => {
  service = await startService();
  holder = await openHolder(service);
});
afterAll(() => service.stop());

/** All the ways in which clients send no body: curl's `--data ''` says form. */
const NO_BODY: { what: string; headers: Record<string, string>; body?: string }[] = [
  { what: 'no body and no type', headers: {} },
  { what: 'no body, announced as empty', headers: { 'content-length': '0' } },
  { what: 'an empty body without a type', headers: {}, body: '' },
  ...[
    'application/json',
    'application/json; charset=utf-8',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/x-nothing',
  ].map((type) => ({ what: `an empty body of ${type}`, headers: { 'content-type': type }, body: '' })),
];

describe('a request without a body', () => {
  it.each(
    ENDPOINTS_WITH_BODY.flatMap((endpoint) =>
      NO_BODY.map((sent) => ({
        endpoint,
        sent,
        what: `${endpoint.contract} ${endpoint.path}: ${sent.what}`,
      })),
    ),
  )('$what lacks every required field', async ({ endpoint, sent }) => {
    const headers = { ...sent.headers, ...headersOf(endpoint, holder) };
    const answer = await send(endpoint.method, addressOf(service, endpoint), { headers, body: sent.body });
    expectRefusal(
      answer,
      endpoint.contract,
      400,
      endpoint.fields.map(({ name }) => name),
    );
  });

  it.each(NO_BODY)('is what verify, revoke and logout take: $what', async ({ headers, body }) => {
    const { token, camel } = await openAccount(service);
    const ask = (method: string, path: string, accessToken: string): Promise<Answer> =>
      send(method, service.url + path, { headers: { ...headers, ...bearer(accessToken) }, body });
    expect(await ask('PUT', '/v1/auth/token/verify', token.accessToken)).toMatchObject({ status: 200 });
    expect(await ask('PUT', '/v1/auth/token/revoke', token.accessToken)).toMatchObject({ status: 200 });
    expect(await ask('POST', '/api/v1/auth/logout', camel.accessToken)).toMatchObject({ status: 200 });
  });
});

const OTHER_TYPES = [
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/jsonp',
  'application/merge-patch+json',
  'application/octet-stream',
  'json',
  ';;;',
];

describe('a body of another media type', () => {
  it.each(ENDPOINTS_WITH_BODY)('$contract $path refuses it, and nothing happens', async (endpoint) => {
    const before = await storedState(service.database);
    const body = JSON.stringify(endpoint.body(holder));
    for (const type of OTHER_TYPES) {
      const headers = { 'content-type': type, ...headersOf(endpoint, holder) };
      expectRefusal(
        await send(endpoint.method, addressOf(service, endpoint), { headers, body }),
        endpoint.contract,
        415,
      );
    }
    const untyped = { headers: headersOf(endpoint, holder), body };
    expectRefusal(await send(endpoint.method, addressOf(service, endpoint), untyped), endpoint.contract, 415);
    expect(await storedState(service.database)).toEqual(before);
  });

  it('is refused by an endpoint that takes no body, too', async () => {
    const headers = { 'content-type': 'text/plain', ...bearer(holder.token.accessToken) };
    expectRefusal(
      await send('PUT', `${service.url}/v1/auth/token/verify`, { headers, body: 'x' }),
      'token',
      415,
    );
    expectRefusal(
      await send('POST', `${service.url}/api/v1/auth/logout`, { headers, body: 'x' }),
      'camel',
      415,
    );
  });
});

describe('the limit of 64 KiB', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };
  const padded = (body: object, bytes: number): string => JSON.stringify(body).padEnd(bytes, ' ');

  it('is not exceeded by a body of exactly that size', async () => {
    const { username, password } = holder;
    const body = padded({ username, password }, LIMIT);
    for (const path of ['/v1/auth/token/fresh', '/api/v1/auth/login']) {
      expect(await send('POST', service.url + path, { headers: JSON_TYPE, body })).toMatchObject({
        status: 200,
      });
    }
  });

  it.each(ENDPOINTS_WITH_BODY)(
    '$contract $path refuses one byte more, and nothing happens',
    async (endpoint) => {
      const before = await storedState(service.database);
      const headers = { ...JSON_TYPE, ...headersOf(endpoint, holder) };
      for (const bytes of [LIMIT + 1, 4 * LIMIT]) {
        const body = padded(endpoint.body(holder), bytes);
        expectRefusal(
          await send(endpoint.method, addressOf(service, endpoint), { headers, body }),
          endpoint.contract,
          413,
        );
      }
      expect(await storedState(service.database)).toEqual(before);
    },
  );

  it('counts bytes, not characters', async () => {
    const body = JSON.stringify({ token: 'é'.repeat(LIMIT / 2) });
    const url = `${service.url}/api/v1/auth/validate`;
    expectRefusal(await send('POST', url, { headers: JSON_TYPE, body }), 'camel', 413);
  });

  it.each([
    ['token', '/v1/auth/token/fresh'],
    ['camel', '/api/v1/auth/login'],
  ] as const)('holds for a body in chunks: %s', async (contract, path) => {
    const { username, password } = holder;
    const chunked = (bytes: number): string => {
      const body = padded({ username, password }, bytes);
      const [first, second] = [body.slice(0, 40_000), body.slice(40_000)];
      const chunks = [first, second].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n`;
      return `${head}Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`;
    };
    const [within] = await sendRaw(service, chunked(LIMIT));
    expect(within).toMatchObject({ status: 200 });
    const [beyond] = await sendRaw(service, chunked(LIMIT + 1));
    expectRefusal(beyond as Answer, contract, 413);
  });

  it('holds for what is announced, before it is sent', async () => {
    const head =
      'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n';
    const [answer] = await sendRaw(service, `${head}Content-Length: 99999999999\r\n\r\n`);
    expectRefusal(answer as Answer, 'camel', 413);
  });
});
