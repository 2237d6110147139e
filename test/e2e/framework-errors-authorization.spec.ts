import { askAs, BEARER_ENDPOINTS, type BearerEndpoint } from '../support/bearer-endpoints.js';
import { type Holder, openHolder } from '../support/documented-bodies.js';
import { type Answer, send } from '../support/http.js';
import { sendRaw } from '../support/raw-socket.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

const ENDPOINTS = Object.values(BEARER_ENDPOINTS);
const DEMANDING = ENDPOINTS.filter(({ optional }) => !optional);
const OPTIONAL = ENDPOINTS.filter(({ optional }) => optional);

describe('the Authorization header', () => {
  let service: Service;
  let account: Holder;
  beforeAll(async () => {
    service = await startService();
    account = await openHolder(service);
  });
  afterAll(() => service.stop());

  /** Where a header holds `TOKEN`, a token that is valid stands there: one of the contract that is asked. */
  const valid = (header: string, endpoint: BearerEndpoint): string =>
    header.replaceAll('TOKEN', account[endpoint.contract].accessToken);

  async function expectRefusedBy(
    endpoints: readonly BearerEndpoint[],
    headers: string[],
    status: number,
    challenge?: RegExp,
  ): Promise<void> {
    const before = await storedState(service.database);
    for (const endpoint of endpoints) {
      const sent = headers.map((header) => valid(header, endpoint));
      const answer = await askAs(service, endpoint, account, sent);
      expectRefusal(answer, endpoint.contract, status);
      if (challenge) expect(answer.headers['www-authenticate']).toMatch(challenge);
    }
    expect(await storedState(service.database)).toEqual(before);
  }

  it('is missing: 401 with a bare challenge', () => expectRefusedBy(DEMANDING, [], 401, /^Bearer$/));

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
    expectRefusedBy(DEMANDING, ['Authorization', header], 401, /^Bearer$/),
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
    expectRefusedBy(ENDPOINTS, ['Authorization', header], 401, /^Bearer error="invalid_token"/),
  );

  it.each([
    ['the same token', 'Bearer TOKEN', 'Bearer TOKEN'],
    ['a good one and a bad one', 'Bearer TOKEN', 'Bearer x'],
    ['a bad one and a good one', 'Bearer x', 'Bearer TOKEN'],
    ['another scheme', 'Basic eA==', 'Bearer TOKEN'],
    ['an empty one', '', 'Bearer TOKEN'],
  ])('comes twice, with %s: 400', (_, one, other) =>
    expectRefusedBy(ENDPOINTS, ['Authorization', one, 'authorization', other], 400),
  );

  it.each(['Bearer TOKEN', 'bearer TOKEN', 'BEARER TOKEN', 'Bearer  TOKEN', 'Bearer TOKEN  '])(
    'is accepted: %j',
    async (header) => {
      for (const endpoint of ENDPOINTS.filter(({ ends }) => !ends)) {
        const answer = await askAs(service, endpoint, account, ['AUTHORIZATION', valid(header, endpoint)]);
        expect(answer).toMatchObject({ status: 200 });
      }
    },
  );

  it.each(['', 'TOKEN', 'Basic dXNlcjpwYXNz'])(
    'may be missing, or of another scheme, where the document does without: %j',
    async (header) => {
      for (const endpoint of OPTIONAL) {
        const own = await openHolder(service);
        expect(await askAs(service, endpoint, own, ['Authorization', header])).toMatchObject({ status: 200 });
      }
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
