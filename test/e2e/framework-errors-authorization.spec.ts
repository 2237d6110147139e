import { type Answer, send } from '../support/http.js';
import { type OpenAccount, openAccount } from '../support/open-account.js';
import { sendRaw } from '../support/raw-socket.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

const ENDPOINTS = [
  ['token', 'PUT', '/v1/auth/token/verify'],
  ['token', 'PUT', '/v1/auth/token/revoke'],
  ['token', 'POST', '/v1/auth/token/refresh'],
  ['token', 'GET', '/v1/sessions/users/1'],
  ['token', 'DELETE', '/v1/sessions/users/1'],
  ['token', 'DELETE', '/v1/sessions/00000000-0000-4000-8000-000000000000'],
  ['camel', 'GET', '/api/v1/auth/profile'],
  ['camel', 'POST', '/api/v1/auth/logout'],
  ['camel', 'PUT', '/api/v1/auth/change-password'],
] as const;

describe('the Authorization header', () => {
  let service: Service;
  let account: OpenAccount;
  beforeAll(async () => {
    service = await startService();
    account = await openAccount(service);
  });
  afterAll(() => service.stop());

  /** Where a header holds `TOKEN`, a token that is valid stands there. */
  const valid = (header: string): string => header.replaceAll('TOKEN', account.token.accessToken);

  async function expectRefusedEverywhere(
    headers: string[],
    status: number,
    challenge?: RegExp,
  ): Promise<void> {
    const before = await storedState(service.database);
    for (const [contract, method, path] of ENDPOINTS) {
      const answer = await send(method, service.url + path, { headers });
      expectRefusal(answer, contract, status);
      if (challenge) expect(answer.headers['www-authenticate']).toMatch(challenge);
    }
    expect(await storedState(service.database)).toEqual(before);
  }

  it('is missing: 401 with a bare challenge', () => expectRefusedEverywhere([], 401, /^Bearer$/));

  it.each([
    '',
    'TOKEN',
    'Basic dXNlcjpwYXNz',
    'Basic TOKEN',
    'Token TOKEN',
    'Digest x="TOKEN"',
    'BearerTOKEN',
    'Bear TOKEN',
  ])('holds no Bearer token: %j', (header) =>
    expectRefusedEverywhere(['Authorization', valid(header)], 401, /^Bearer$/),
  );

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer    ',
    'Bearer TOKEN TOKEN',
    'Bearer TOKEN x',
    'Bearer x TOKEN',
    'Bearer\tTOKEN',
    'Bearer TOKEN\tx',
    'Bearer TOKEN,',
    'Bearer TOKEN, Bearer TOKEN',
    'Bearer, TOKEN',
    'Bearer=TOKEN',
    'Bearer: TOKEN',
    'Bearer "TOKEN"',
    'Bearer token="TOKEN"',
    'Bearer Bearer TOKEN',
    'Bearer null',
    'Bearer undefined',
    'Bearer .',
    'Bearer ..',
    'Bearer é',
  ])('holds none that can be accepted: %j', (header) =>
    expectRefusedEverywhere(['Authorization', valid(header)], 401, /^Bearer error="invalid_token"/),
  );

  it.each([
    ['the same token', 'Bearer TOKEN', 'Bearer TOKEN'],
    ['a good one and a bad one', 'Bearer TOKEN', 'Bearer x'],
    ['a bad one and a good one', 'Bearer x', 'Bearer TOKEN'],
    ['another scheme', 'Basic eA==', 'Bearer TOKEN'],
    ['an empty one', '', 'Bearer TOKEN'],
  ])('comes twice, with %s: 400', (_, one, other) =>
    expectRefusedEverywhere(['Authorization', valid(one), 'authorization', valid(other)], 400),
  );

  it.each(['Bearer TOKEN', 'bearer TOKEN', 'BEARER TOKEN', 'Bearer  TOKEN', 'Bearer TOKEN  '])(
    'is accepted: %j',
    async (header) => {
      const headers = ['AUTHORIZATION', valid(header)];
      expect(await send('PUT', `${service.url}/v1/auth/token/verify`, { headers })).toMatchObject({
        status: 200,
      });
      expect(await send('GET', `${service.url}/api/v1/auth/profile`, { headers })).toMatchObject({
        status: 200,
      });
    },
  );

  it('is no help to an endpoint that wants none', async () => {
    const answer = await send('GET', `${service.url}/api/v1/auth/health`, {
      headers: ['Authorization', 'Bearer x'],
    });
    expect(answer).toMatchObject({ status: 200 });
  });

  it('may not be folded over lines or hold control characters', async () => {
    for (const value of [
      `Bearer\r\n ${account.token.accessToken}`,
      `Bearer ${account.token.accessToken}\0`,
    ]) {
      const head =
        'PUT /v1/auth/token/verify HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n';
      const [answer] = await sendRaw(service, `${head}Authorization: ${value}\r\n\r\n`);
      expect([400, 401]).toContain((answer as Answer).status);
      expect(answer?.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
  });
});
