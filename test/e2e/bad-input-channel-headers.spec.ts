import { ENDPOINTS_WITH_BODY, type Holder, openHolder } from '../support/documented-bodies.js';
import { type Answer, bearer, send } from '../support/http.js';
import { demandedHeaders } from '../support/open-account.js';
import { sendRaw } from '../support/raw-socket.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

let service: Service;
let holder: Holder;
beforeAll(async () => {
  service = await startService();
  holder = await openHolder(service);
});
afterAll(() => service.stop());

/** Every endpoint of channel.md, and a body that it accepts. */
const ENDPOINTS: readonly (readonly [path: string, body: (holder: Holder) => unknown])[] = [
  ...ENDPOINTS_WITH_BODY.filter(({ contract }) => contract === 'channel').map(
    ({ path, body }) => [path, body] as const,
  ),
  ['/api/auth/logout', () => undefined],
  ['/api/auth/refresh-token', () => undefined],
];

const GOOD = demandedHeaders('channel');
const TOKEN = ['Api-Token', GOOD['api-token'] as string];
const CHANNEL = ['channel', GOOD['channel'] as string];

const INVALID_TOKEN = { statusCode: 401, message: 'Invalid Api-Token' };

/** Names and values in turn. Whatever else is right with the request, and whatever is wrong, this decides. */
const REFUSED: Record<string, { headers: string[]; status: 401 | 400 }> = {
  'no header at all': { headers: [], status: 401 },
  'no Api-Token': { headers: CHANNEL, status: 401 },
  'an empty Api-Token': { headers: ['Api-Token', '', ...CHANNEL], status: 401 },
  'a blank Api-Token': { headers: ['Api-Token', '   ', ...CHANNEL], status: 401 },
  'an unknown Api-Token': { headers: ['Api-Token', 'unknown', ...CHANNEL], status: 401 },
  'an Api-Token in another case': { headers: ['Api-Token', 'DEV-API-TOKEN', ...CHANNEL], status: 401 },
  'an Api-Token and more': { headers: ['Api-Token', 'dev-api-token1', ...CHANNEL], status: 401 },
  'half an Api-Token': { headers: ['Api-Token', 'dev-api', ...CHANNEL], status: 401 },
  'a quoted Api-Token': { headers: ['Api-Token', '"dev-api-token"', ...CHANNEL], status: 401 },
  'an Api-Token twice': { headers: [...TOKEN, ...TOKEN, ...CHANNEL], status: 401 },
  'an Api-Token, good and bad': { headers: [...TOKEN, 'api-token', 'x', ...CHANNEL], status: 401 },
  'an Api-Token, bad and good': { headers: ['api-token', 'x', ...TOKEN, ...CHANNEL], status: 401 },
  'an Api-Token of 10 KB': { headers: ['Api-Token', 'x'.repeat(10_000), ...CHANNEL], status: 401 },
  'an Api-Token of odd bytes': {
    headers: ['Api-Token', 'dev-api-token\xe9\xff\x80', ...CHANNEL],
    status: 401,
  },
  'an Api-Token that is SQL': { headers: ['Api-Token', "' OR 1=1 --", ...CHANNEL], status: 401 },
  'an Api-Token that is __proto__': { headers: ['Api-Token', '__proto__', ...CHANNEL], status: 401 },
  "a confidential application's secret": {
    headers: ['Api-Token', 'dev-gateway-secret', ...CHANNEL],
    status: 401,
  },
  'an unknown Api-Token and no channel': { headers: ['Api-Token', 'unknown'], status: 401 },
  'the Api-Token as a Bearer token': {
    headers: ['Authorization', 'Bearer dev-api-token', ...CHANNEL],
    status: 401,
  },
  'no channel': { headers: TOKEN, status: 400 },
  'an empty channel': { headers: [...TOKEN, 'channel', ''], status: 400 },
  'an unlisted channel': { headers: [...TOKEN, 'channel', 'watch'], status: 400 },
  'a channel in another case': { headers: [...TOKEN, 'channel', 'WEB'], status: 400 },
  'a channel twice': { headers: [...TOKEN, ...CHANNEL, ...CHANNEL], status: 400 },
  'two channels': { headers: [...TOKEN, ...CHANNEL, 'channel', 'ios'], status: 400 },
  'a list of channels': { headers: [...TOKEN, 'channel', 'web,ios'], status: 400 },
  'a channel of 10 KB': { headers: [...TOKEN, 'channel', 'web'.repeat(3_000)], status: 400 },
  'a channel of odd bytes': { headers: [...TOKEN, 'channel', 'web\xa0\xe9'], status: 400 },
  'a channel that is a property': { headers: [...TOKEN, 'channel', 'length'], status: 400 },
};

function expectRefused(answer: Answer, status: 401 | 400): void {
  expectRefusal(answer, 'channel', status);
  if (status === 401) expect(answer.json).toEqual(INVALID_TOKEN);
  else expect(answer.json.message).toContain('channel');
  // RFC 6750: it is no Bearer token that is wrong
  expect(answer.headers).not.toHaveProperty('www-authenticate');
}

describe('the headers Api-Token and channel', () => {
  const JSON_TYPE = ['content-type', 'application/json'];

  it.each(Object.entries(REFUSED))('%s: refused before anything else', async (_, { headers, status }) => {
    const before = await storedState(service.database);
    const session = Object.entries(bearer(holder.channel.accessToken)).flat();
    for (const [path, body] of ENDPOINTS) {
      const url = `${service.url}/channel${path}`;
      const authorization = headers.includes('Authorization') ? [] : session;
      const right = { headers: [...headers, ...authorization, ...JSON_TYPE], body: body(holder) };
      expectRefused(await send('POST', url, right), status);
      expectRefused(
        await send('POST', url, { headers: [...headers, ...JSON_TYPE], body: { email: 1 } }),
        status,
      );
    }
    expect(await storedState(service.database)).toEqual(before);
  });

  it('are accepted whatever case their names are in, and blanks around their values', async () => {
    const { email, password } = holder;
    for (const headers of [
      ['API-TOKEN', 'dev-api-token', 'Channel', 'web'],
      ['api-token', ' dev-api-token\t', 'CHANNEL', '\tios '],
      ['Api-Token', 'dev-api-token', 'channel', 'android'],
    ]) {
      const sent = { headers: [...headers, ...JSON_TYPE], body: { email, password } };
      expect(await send('POST', `${service.url}/channel/api/auth/login`, sent)).toMatchObject({
        status: 200,
      });
    }
  });

  it('mean nothing to the other contracts', async () => {
    const { email, username, password } = holder;
    const headers = ['Api-Token', 'unknown', 'channel', 'unknown', ...JSON_TYPE];
    for (const [path, body] of [
      ['/jsend/api/auth/login', { email, password }],
      ['/snake/api/auth/login', { email, password }],
      ['/token/v1/auth/token/fresh', { username, password }],
      ['/api/v1/auth/login', { username, password }],
    ] as const) {
      expect(await send('POST', service.url + path, { headers, body })).toMatchObject({ status: 200 });
    }
  });

  it('may hold no control characters and no folded lines', async () => {
    for (const value of ['dev-api\0-token', 'dev-api-token\r\n folded', 'dev-api-token\x01']) {
      const head = 'POST /channel/api/auth/logout HTTP/1.1\r\nHost: x\r\nConnection: close\r\n';
      const [answer] = await sendRaw(
        service,
        `${head}channel: web\r\nContent-Length: 0\r\nApi-Token: ${value}\r\n\r\n`,
      );
      expect([400, 401]).toContain(answer?.status);
    }
  });
});
