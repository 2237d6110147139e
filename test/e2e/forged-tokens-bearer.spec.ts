import { ODD_ACCESS_CLAIMS, ODD_CLAIMS, GENUINE, TOO_LONG } from '../support/forged-claims.js';
import { assemble, nowInSeconds, type Signers, signersOf, takeApart } from '../support/forge-token.js';
import { type Forge, ODD_HEADER, TAMPERED, WRONGLY_SIGNED } from '../support/forgeries.js';
import { type Answer, bearer, send } from '../support/http.js';
import { accountElsewhere, isLive, type OpenAccount, openAccount } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

interface Endpoint {
  readonly contract: 'token' | 'camel';
  readonly method: string;
  readonly path: (account: OpenAccount) => string;
  readonly body?: (account: OpenAccount) => unknown;
  /** Asked with a genuine token it would end the session: not asked in the control. */
  readonly ends?: boolean;
}

const sessionIdOf = ({ token }: OpenAccount): string => takeApart(token.accessToken).claims['sid'] as string;

/** Every endpoint that takes an access token as a Bearer token. */
const ENDPOINTS: Record<string, Endpoint> = {
  verify: { contract: 'token', method: 'PUT', path: () => '/v1/auth/token/verify' },
  revoke: { contract: 'token', method: 'PUT', path: () => '/v1/auth/token/revoke', ends: true },
  refresh: {
    contract: 'token',
    method: 'POST',
    path: () => '/v1/auth/token/refresh',
    body: ({ token }) => ({ type: 'refresh', token: token.refreshToken }),
    ends: true,
  },
  list: { contract: 'token', method: 'GET', path: ({ id }) => `/v1/sessions/users/${id}` },
  'end one': {
    contract: 'token',
    method: 'DELETE',
    path: (account) => `/v1/sessions/${sessionIdOf(account)}`,
    ends: true,
  },
  'end all': {
    contract: 'token',
    method: 'DELETE',
    path: ({ id }) => `/v1/sessions/users/${id}`,
    ends: true,
  },
  profile: { contract: 'camel', method: 'GET', path: () => '/api/v1/auth/profile' },
  logout: { contract: 'camel', method: 'POST', path: () => '/api/v1/auth/logout', ends: true },
  'change-password': {
    contract: 'camel',
    method: 'PUT',
    path: () => '/api/v1/auth/change-password',
    body: ({ password }) => ({ currentPassword: password, newPassword: 'another horse battery' }),
    ends: true,
  },
};

const FORGERIES = {
  ...TAMPERED,
  ...WRONGLY_SIGNED,
  ...ODD_HEADER,
  ...ODD_CLAIMS,
  ...ODD_ACCESS_CLAIMS,
  ...TOO_LONG,
};

/** The JOSE characters of a header that Node can send; what it cannot is /validate's to judge. */
const isSendable = (token: string): boolean => /^[\t\x20-\x7e]*$/.test(token);

describe('an access token that the service did not issue', () => {
  let service: Service;
  let account: OpenAccount;
  let signers: Signers;
  let foreign: OpenAccount;
  beforeAll(async () => {
    foreign = await accountElsewhere();
    service = await startService();
    account = await openAccount(service);
    signers = signersOf(service);
  });
  afterAll(() => service.stop());

  const forge = (make: Forge, token = account.token.accessToken): readonly string[] => {
    const made = make({ token, parts: takeApart(token), signers, now: nowInSeconds(service) });
    return typeof made === 'string' ? [made] : made;
  };

  const ask = ({ contract, method, path, body }: Endpoint, token: string): Promise<Answer> =>
    send(method, `${service.url}/${contract}${path(account)}`, {
      headers: bearer(token),
      body: body?.(account),
    });

  const validate = (token: string): Promise<Answer> =>
    send('POST', `${service.url}/camel/api/v1/auth/validate`, { body: { token } });

  async function expectRefusedEverywhere(tokens: readonly string[]): Promise<void> {
    expect(tokens.length).toBeGreaterThan(0);
    for (const token of tokens) {
      for (const endpoint of Object.values(ENDPOINTS)) {
        const answer = await ask(endpoint, token);
        expectRefusal(answer, endpoint.contract, 401);
        expect(answer.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
      }
      expect((await validate(token)).json).toMatchObject({ valid: false, userId: null, role: null });
    }
  }

  it.each(Object.entries(FORGERIES))(
    '%s: every endpoint refuses it, and nothing changes',
    async (_, make) => {
      const before = await storedState(service.database);
      await expectRefusedEverywhere(forge(make).filter(isSendable));
      expect(await storedState(service.database)).toEqual(before);
      expect(await isLive(service, account.token)).toBe(true);
    },
  );

  it.each(Object.entries(FORGERIES))('%s: /validate refuses it however it is spelt', async (_, make) => {
    for (const token of forge(make).flatMap((forged) => [forged, `${forged}\n`, ` ${forged}`])) {
      const { status, json } = await validate(token);
      expect({ status, valid: json.valid, error: json.errorMessage }).toEqual({
        status: 200,
        valid: false,
        error: 'Invalid token',
      });
    }
  });

  it.each(Object.entries(GENUINE))('accepts what the same helper makes right: %s', async (_, make) => {
    for (const token of forge(make)) {
      for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
        if (!endpoint.ends)
          expect({ name, status: (await ask(endpoint, token)).status }).toEqual({ name, status: 200 });
      }
      expect((await validate(token)).json).toMatchObject({ valid: true, userId: account.id });
    }
  });

  it.each(Object.entries(ENDPOINTS))('accepts a token signed again: %s', async (_, endpoint) => {
    const own = await openAccount(service);
    const [again = ''] = forge(GENUINE['the same claims, signed again'] as Forge, own.token.accessToken);
    const { contract, method, path, body } = endpoint;
    const url = `${service.url}/${contract}${path(own)}`;
    const { status } = await send(method, url, { headers: bearer(again), body: body?.(own) });
    expect([200, 204]).toContain(status);
  });

  it('refuses a refresh token in the place of an access token', () =>
    expectRefusedEverywhere([account.token.refreshToken, account.camel.refreshToken]));

  it('refuses the token of another installation with the same issuer and audience', () =>
    expectRefusedEverywhere([foreign.token.accessToken, foreign.camel.accessToken]));

  it('refuses a revoked token, at the refresh too', async () => {
    const own = await openAccount(service);
    await send('PUT', `${service.url}/token/v1/auth/token/revoke`, {
      headers: bearer(own.token.accessToken),
    });
    await expectRefusedEverywhere([own.token.accessToken]);
    expect((await validate(own.token.accessToken)).json.errorMessage).toBe('Token has been revoked');
  });

  it('refuses an expired token, signed anew or not, everywhere but at its own refresh', async () => {
    const own = await openAccount(service);
    const { header, claims } = takeApart(own.token.accessToken);
    const past = assemble(header, { ...claims, exp: nowInSeconds(service) }, signers.own);
    for (const endpoint of Object.values(ENDPOINTS)) {
      if (endpoint === ENDPOINTS['refresh']) continue;
      const answer = await ask(endpoint, past);
      expectRefusal(answer, endpoint.contract, 401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token".*expired/);
    }
    expect((await validate(past)).json).toMatchObject({ valid: false, errorMessage: 'Token has expired' });
    // another session's refresh token does not go with it
    expectRefusal(await ask(ENDPOINTS['refresh'] as Endpoint, past), 'token', 401);
    const url = `${service.url}/token/v1/auth/token/refresh`;
    const body = { type: 'refresh', token: own.token.refreshToken };
    expect((await send('POST', url, { headers: bearer(past), body })).status).toBe(200);
  });
});
