import { Agent } from 'node:http';
import { askAs, BEARER_ENDPOINTS } from '../support/bearer-endpoints.js';
import {
  addressOf,
  ENDPOINTS_THAT_DEMAND_A_BODY,
  ENDPOINTS_WITH_BODY,
  headersOf,
  type Holder,
  openHolder,
} from '../support/documented-bodies.js';
import { bearer, send, type Sent } from '../support/http.js';
import { demandedHeaders } from '../support/open-account.js';
import { type Service, startService } from '../support/start-service.js';
import { hostileStrings, jsonBodies, jwsVectors, Tally } from './corpora.js';

const MINUTES = 60_000;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

let service: Service;
let holder: Holder;
let tally: Tally;
beforeAll(async () => {
  service = await startService({
    env: { LOCKOUT_ATTEMPTS: '1000', LOG_LEVEL: 'error', HASH_CONCURRENCY: '4' },
  });
  holder = await openHolder(service);
});
afterAll(() => {
  agent.destroy();
  return service.stop();
});
beforeEach(() => (tally = new Tally()));
afterEach(() => {
  process.stdout.write(`${expect.getState().currentTestName}: ${String(tally)}\n`);
  expect(tally.wrong.slice(0, 20)).toEqual([]);
  expect(service.log.filter((line) => line.includes('"internal"')).slice(0, 5)).toEqual([]);
});

type Ask = { what: string; method: string; url: string; sent: Sent };

/** Sends all of it, 16 at a time. */
async function ask(asks: Iterable<Ask>, isWrong: (status: number) => boolean): Promise<void> {
  const queue = asks[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const { what, method, url, sent } = next.value;
      const { status } = await send(method, url, { ...sent, agent });
      tally.count(status, isWrong(status), what);
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
}

const broken = (status: number): boolean => status >= 500;

describe('hostile strings', () => {
  const strings = hostileStrings();

  it(
    `${strings.length} of them in every field of every body`,
    async () => {
      const asks = ENDPOINTS_WITH_BODY.flatMap((endpoint) =>
        [...endpoint.fields, ...(endpoint.optional ?? [])].flatMap(({ name }) =>
          strings.map((text) => ({
            what: `${endpoint.contract} ${endpoint.path} ${name} ${JSON.stringify(text)}`,
            method: endpoint.method,
            url: addressOf(service, endpoint),
            sent: { headers: headersOf(endpoint, holder), body: { ...endpoint.body(holder), [name]: text } },
          })),
        ),
      );
      await ask(asks, broken);
    },
    20 * MINUTES,
  );

  it(
    `${strings.length} of them as a name of a field, in a path, a query and every header`,
    async () => {
      const login = { username: 'nobody', password: 'a wrong password' };
      const asks = strings.flatMap((text) => {
        const path = encodeURIComponent(text.toWellFormed());
        const get = (url: string, headers: Record<string, string> = {}): Ask => ({
          what: `${url} ${JSON.stringify(headers)} ${JSON.stringify(text)}`,
          method: 'GET',
          url: service.url + url,
          sent: { headers },
        });
        // As its bytes go over the wire, but for those that end a header.
        const header = Buffer.from(text)
          .toString('latin1')
          .replace(/\p{Cc}/gu, ' ');
        return [
          {
            what: `field ${JSON.stringify(text)}`,
            method: 'POST',
            url: `${service.url}/camel/api/v1/auth/login`,
            sent: { body: { ...login, [text]: text } },
          },
          get(`/camel/api/v1/auth/verify-email/${path}`),
          get(`/token/v1/sessions/users/${path}`, bearer(holder.token.accessToken)),
          get(`/token/v1/sessions/users/${holder.id}?page=${path}`, bearer(holder.token.accessToken)),
          get(`/pages/reset-password?token=${path}`),
          get(`/${path}`),
          get('/token/v1/sessions/users/1', { authorization: `Bearer ${header}` }),
          get('/token/v1/sessions/users/1', { authorization: header }),
          get('/channel/api/auth/login', { 'api-token': header, channel: 'web' }),
          get('/health/live', {
            'x-request-id': header,
            host: header,
            'x-forwarded-for': header,
            origin: header,
          }),
        ];
      });
      await ask(asks, broken);
    },
    10 * MINUTES,
  );
});

describe('JSON bodies', () => {
  const bodies = jsonBodies();

  it(
    `${bodies.length} of them to every endpoint that demands a body`,
    async () => {
      const asks = ENDPOINTS_THAT_DEMAND_A_BODY.flatMap((endpoint) =>
        bodies.map(([name, body]) => ({
          what: `${endpoint.contract} ${endpoint.path} ${name}`,
          method: endpoint.method,
          url: addressOf(service, endpoint),
          sent: { headers: { ...headersOf(endpoint, holder), 'content-type': 'application/json' }, body },
        })),
      );
      await ask(asks, (status) => status < 400 || status >= 500);
    },
    10 * MINUTES,
  );
});

describe('JWS vectors', () => {
  const vectors = jwsVectors();

  it(
    `${vectors.length} of them as the Bearer token of every endpoint`,
    async () => {
      for (const [name, endpoint] of Object.entries(BEARER_ENDPOINTS))
        for (const { tcId, jws } of vectors) {
          const token = jws.replace(/[\r\n]/g, ' ');
          const { status } = await askAs(service, endpoint, holder, ['authorization', `Bearer ${token}`]);
          tally.count(status, status < 400 || status >= 500, `${name} #${tcId}`);
        }
    },
    10 * MINUTES,
  );

  it(
    `${vectors.length} of them as every token in a body or header`,
    async () => {
      const channel = { ...demandedHeaders('channel') };
      const places: [path: string, method: string, sent: (jws: string) => Sent][] = [
        ['/camel/api/v1/auth/refresh', 'POST', (refreshToken) => ({ body: { refreshToken } })],
        ['/snake/api/auth/refresh', 'POST', (refresh_token) => ({ body: { refresh_token } })],
        [
          '/token/v1/auth/token/refresh',
          'POST',
          (token) => ({ headers: bearer(holder.token.accessToken), body: { type: 'refresh', token } }),
        ],
        [
          '/channel/api/auth/refresh-token',
          'POST',
          (jws) => ({ headers: { ...channel, ...bearer(jws.replace(/[\r\n]/g, ' ')) } }),
        ],
      ];
      for (const [path, method, sent] of places)
        for (const { tcId, jws } of vectors) {
          const { status } = await send(method, service.url + path, sent(jws));
          tally.count(status, status < 400 || status >= 500, `${path} #${tcId}`);
        }
    },
    10 * MINUTES,
  );

  it(
    `${vectors.length} of them to camel's validate, which answers 200 and says no`,
    async () => {
      for (const { tcId, jws: token } of vectors) {
        const { status, json } = await send('POST', `${service.url}/camel/api/v1/auth/validate`, {
          body: { token },
        });
        tally.count(status, status !== 200 || json.valid !== false, `#${tcId} ${JSON.stringify(json)}`);
      }
    },
    10 * MINUTES,
  );
});
