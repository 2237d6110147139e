import { type Answer, send } from '../support/http.js';
import { type ContractId, demandedHeaders, type OpenAccount, openAccount } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';

type Headers = Record<string, string>;

const JSEND_HOST = { host: 'localhost:8080' };
const SNAKE_HOST = { host: '127.0.0.1:8080' };

/** Whom a request to a path of three contracts is meant for. */
const ADDRESSED: [what: string, headers: Headers, contract: ContractId][] = [
  ["jsend's host", JSEND_HOST, 'jsend'],
  ["jsend's host in another case", { host: 'LOCALHOST:8080' }, 'jsend'],
  ["snake's host", SNAKE_HOST, 'snake'],
  ["an Api-Token on jsend's host", { ...JSEND_HOST, 'api-token': 'dev-api-token' }, 'channel'],
  ["an unknown Api-Token on snake's host", { ...SNAKE_HOST, 'api-token': 'unknown' }, 'channel'],
  ["an empty Api-Token on jsend's host", { ...JSEND_HOST, 'api-token': '' }, 'channel'],
  ["a channel on snake's host", { ...SNAKE_HOST, channel: 'web' }, 'channel'],
  ["both on jsend's host", { ...JSEND_HOST, ...demandedHeaders('channel') }, 'channel'],
  ['the other port', { host: 'localhost:8060' }, 'channel'],
  ['no port', { host: 'localhost' }, 'channel'],
  ['another name of the same host', { host: '[::1]:8080' }, 'channel'],
  ['a name that ends like it', { host: 'evil.localhost:8080' }, 'channel'],
  ['a name that begins like it', { host: 'localhost:8080.example.com' }, 'channel'],
  ['a foreign host', { host: 'auth.example.com' }, 'channel'],
  ['an empty host', { host: '' }, 'channel'],
  ['a header of forwarding', { host: 'x', 'x-forwarded-host': 'localhost:8080' }, 'channel'],
];

/** A path that one contract alone has is that contract's, whatever the host and the headers. */
const OWNED: [path: string, method: string, contract: ContractId][] = [
  ['/api/auth/forgot-password', 'POST', 'channel'],
  ['/api/auth/refresh-token', 'POST', 'channel'],
  ['/api/auth/refresh_token', 'POST', 'jsend'],
  ['/api/auth/reset_password', 'PUT', 'jsend'],
  ['/api/auth/refresh', 'POST', 'snake'],
  ['/api/users/me', 'PATCH', 'snake'],
  ['/api/v1/auth/login', 'POST', 'camel'],
  ['/v1/auth/token/fresh', 'POST', 'token'],
];

describe('whose words an error at the root is in', () => {
  let service: Service;
  let account: OpenAccount;
  beforeAll(async () => {
    service = await startService();
    account = await openAccount(service);
  });
  afterAll(() => service.stop());

  const ask = (method: string, path: string, headers: Headers, body?: string): Promise<Answer> =>
    send(method, service.url + path, { headers, body });

  async function expectItsErrors(
    contract: ContractId,
    method: string,
    path: string,
    headers: Headers,
  ): Promise<void> {
    const json = { ...headers, 'content-type': 'application/json' };
    // these come before anything that the contract itself looks at, its headers included
    expectRefusal(await ask(method, path, json, '{"email":'), contract, 400);
    expectRefusal(await ask(method, path, { ...headers, 'content-type': 'text/plain' }, 'x'), contract, 415);
    expectRefusal(await ask(method, path, json, ' '.repeat(65_537)), contract, 413);
    const refused = await ask('TRACE', path, headers);
    expectRefusal(refused, contract, 405);
    expect(refused.headers.allow?.split(', ')).toContain(method);
  }

  it.each(ADDRESSED)('%s', async (_, headers, contract) => {
    await expectItsErrors(contract, 'POST', '/api/auth/login', headers);
    expectRefusal(await ask('POST', '/api/auth/nothing', headers), contract, 404);
    expectRefusal(await ask('GET', '/api/auth', headers), contract, 404);
    const { email } = account;
    const body = JSON.stringify({ email, password: 'a wrong password' });
    const json = { ...headers, 'content-type': 'application/json' };
    const identified = headers['api-token'] === 'dev-api-token';
    // a channel client without its other header is told so, in its own words
    const status = contract === 'channel' && identified && !headers['channel'] ? 400 : 401;
    expectRefusal(await ask('POST', '/api/auth/login', json, body), contract, status);
  });

  it.each(OWNED)(
    '%s is one contract’s alone, whatever the host and headers',
    async (path, method, contract) => {
      for (const [, headers] of ADDRESSED) await expectItsErrors(contract, method, path, headers);
    },
  );

  it('a prefix comes before all of that', async () => {
    for (const [, headers] of ADDRESSED) {
      expectRefusal(await ask('POST', '/snake/api/auth/nothing', headers), 'snake', 404);
      expectRefusal(await ask('POST', '/jsend/api/auth/login', headers), 'jsend', 400, ['email']);
      expectRefusal(await ask('POST', '/camel/api/auth/login', headers), 'camel', 404);
    }
  });

  it('nobody’s paths are nobody’s, whatever the host and headers', async () => {
    for (const [, headers] of ADDRESSED) {
      for (const path of ['/', '/api', '/api/authority', '/api/v2/auth/login', '/auth/login'])
        expectRefusal(await ask('POST', path, headers), 'none', 404);
    }
  });
});
