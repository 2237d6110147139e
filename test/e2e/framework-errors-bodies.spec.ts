import {
  addressOf,
  ENDPOINTS_THAT_DEMAND_A_BODY,
  ENDPOINTS_WITH_BODY,
  headersOf,
  type Holder,
  LOGINS,
  openHolder,
} from '../support/documented-bodies.js';
import { type Answer, bearer, send } from '../support/http.js';
import { CONTRACT_IDS, type ContractId, demandedHeaders } from '../support/open-account.js';
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

/** Endpoints that take no body, or none of whose fields is demanded, in an order in which each of them works. */
const BODILESS: readonly (readonly [contract: ContractId, method: string, path: string])[] = [
  ['token', 'PUT', '/v1/auth/token/verify'],
  ['token', 'PUT', '/v1/auth/token/revoke'],
  ['camel', 'POST', '/api/v1/auth/logout'],
  ['channel', 'POST', '/api/auth/resend-verification'],
  ['channel', 'POST', '/api/auth/refresh-token'],
  ['channel', 'POST', '/api/auth/logout'],
  ['jsend', 'POST', '/api/auth/refresh_token'],
  ['snake', 'PATCH', '/api/users/me'],
  ['snake', 'POST', '/api/auth/logout'],
];

describe('a request without a body', () => {
  it.each(
    ENDPOINTS_THAT_DEMAND_A_BODY.flatMap((endpoint) =>
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

  it.each(NO_BODY)('is what others take: $what', async ({ headers, body }) => {
    const own = await openHolder(service);
    for (const [contract, method, path] of BODILESS) {
      const { accessToken, refreshToken } = own[contract];
      const demanded = {
        ...demandedHeaders(contract),
        ...bearer(accessToken),
        'refresh-token': refreshToken,
      };
      const url = `${service.url}/${contract}${path}`;
      const { status } = await send(method, url, { headers: { ...headers, ...demanded }, body });
      expect({ path, status }).toEqual({ path, status: 200 });
    }
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

  it.each(BODILESS)('%s %s %s, which needs none, refuses it too', async (contract, method, path) => {
    const headers = {
      'content-type': 'text/plain',
      ...demandedHeaders(contract),
      ...bearer(holder[contract].accessToken),
    };
    const before = await storedState(service.database);
    const answer = await send(method, `${service.url}/${contract}${path}`, { headers, body: 'x' });
    expectRefusal(answer, contract, 415);
    expect(await storedState(service.database)).toEqual(before);
  });
});

describe('the limit of 64 KiB', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };
  const padded = (body: object, bytes: number): string => JSON.stringify(body).padEnd(bytes, ' ');

  it.each(CONTRACT_IDS)('is not exceeded by a body of exactly that size: %s', async (contract) => {
    const login = LOGINS[contract];
    const headers = { ...JSON_TYPE, ...headersOf(login, holder) };
    const body = padded(login.body(holder), LIMIT);
    expect(await send('POST', addressOf(service, login), { headers, body })).toMatchObject({ status: 200 });
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

  it.each(CONTRACT_IDS)('holds for a body in chunks: %s', async (contract) => {
    const login = LOGINS[contract];
    const demanded = Object.entries(demandedHeaders(contract)).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    const chunked = (bytes: number): string => {
      const body = padded(login.body(holder), bytes);
      const [first, second] = [body.slice(0, 40_000), body.slice(40_000)];
      const chunks = [first, second].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
      const head = `POST /${contract}${login.path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${demanded.join('')}`;
      return `${head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`;
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
