import { ODD_ACCESS_CLAIMS, ODD_CLAIMS, GENUINE, TOO_LONG } from '../support/forged-claims.js';
import { assemble, nowInSeconds, type Signers, signersOf, takeApart } from '../support/forge-token.js';
import { type Forge, ODD_HEADER, TAMPERED, WRONGLY_SIGNED } from '../support/forgeries.js';
import { askAs, BEARER_ENDPOINTS, type BearerEndpoint } from '../support/bearer-endpoints.js';
import { type Holder, openHolder } from '../support/documented-bodies.js';
import { type Answer, bearer, send } from '../support/http.js';
import {
  accountElsewhere,
  CONTRACT_IDS,
  type ContractId,
  isLive,
  type OpenAccount,
} from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

/** One endpoint behind each kind of guard: it is shown every variant of a forgery, the others the first one. */
const SHOWN_ALL = new Set(['token verify', 'jsend refresh_token', 'channel verify-email']);

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
  let account: Holder;
  let signers: Signers;
  let foreign: OpenAccount;
  let before: unknown;
  beforeAll(async () => {
    foreign = await accountElsewhere();
    service = await startService();
    account = await openHolder(service);
    signers = signersOf(service);
    before = await storedState(service.database);
  });
  afterAll(() => service.stop());

  const forge = (make: Forge, token = account.token.accessToken): readonly string[] => {
    const made = make({ token, parts: takeApart(token), signers, now: nowInSeconds(service) });
    return typeof made === 'string' ? [made] : made;
  };

  const ask = (endpoint: BearerEndpoint, token: string, holder = account): Promise<Answer> =>
    askAs(service, endpoint, holder, ['Authorization', `Bearer ${token}`]);

  const validate = (token: string): Promise<Answer> =>
    send('POST', `${service.url}/camel/api/v1/auth/validate`, { body: { token } });

  /** @param tokensOf the tokens to try on a contract's endpoints, in the place of that contract's own session's */
  async function expectRefusedEverywhere(
    tokensOf: (contract: ContractId) => readonly string[],
    error = /^Bearer error="invalid_token"/,
  ): Promise<void> {
    for (const [name, endpoint] of Object.entries(BEARER_ENDPOINTS)) {
      const tokens = tokensOf(endpoint.contract);
      expect(tokens.length).toBeGreaterThan(0);
      for (const token of SHOWN_ALL.has(name) ? tokens : tokens.slice(0, 1)) {
        const answer = await ask(endpoint, token);
        expectRefusal(answer, endpoint.contract, 401);
        expect({ name, challenge: answer.headers['www-authenticate'] }).toEqual({
          name,
          challenge: expect.stringMatching(error),
        });
      }
    }
    for (const token of tokensOf('camel'))
      expect((await validate(token)).json).toMatchObject({ valid: false, userId: null, role: null });
  }

  it.each(Object.entries(FORGERIES))('%s: every endpoint refuses it', async (_, make) => {
    await expectRefusedEverywhere((contract) =>
      forge(make, account[contract].accessToken).filter(isSendable),
    );
  });

  it('changes nothing', async () => {
    expect(await storedState(service.database)).toEqual(before);
  });

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
      for (const [name, endpoint] of Object.entries(BEARER_ENDPOINTS)) {
        if (!endpoint.ends)
          expect({ name, status: (await ask(endpoint, token)).status }).toEqual({ name, status: 200 });
      }
      expect((await validate(token)).json).toMatchObject({ valid: true, userId: account.id });
    }
  });

  it.each(Object.entries(BEARER_ENDPOINTS))('accepts a token signed again: %s', async (_, endpoint) => {
    const own = await openHolder(service);
    const genuine = own[endpoint.contract].accessToken;
    const [again = ''] = forge(GENUINE['the same claims, signed again'] as Forge, genuine);
    expect([200, 204]).toContain((await ask(endpoint, again, own)).status);
  });

  it('refuses a refresh token in the place of an access token', async () => {
    // channel's session has none but its access token
    const refreshTokens = ['token', 'camel', 'snake', 'jsend'] as const;
    await expectRefusedEverywhere(() => refreshTokens.map((contract) => account[contract].refreshToken));
  });

  it('refuses the token of another installation with the same issuer and audience', () =>
    expectRefusedEverywhere((contract) => [
      foreign[contract].accessToken,
      ...CONTRACT_IDS.map((id) => foreign[id].accessToken),
    ]));

  it('refuses a revoked token, at the refresh too', async () => {
    const own = await openHolder(service);
    for (const contract of CONTRACT_IDS)
      await send('PUT', `${service.url}/token/v1/auth/token/revoke`, {
        headers: bearer(own[contract].accessToken),
      });
    await expectRefusedEverywhere(
      (contract) => [own[contract].accessToken],
      /^Bearer error="invalid_token".*revoked/,
    );
    expect((await validate(own.token.accessToken)).json.errorMessage).toBe('Token has been revoked');
  });

  it('refuses an expired token, signed anew or not, everywhere but at its own refresh', async () => {
    const own = await openHolder(service);
    const past = (contract: ContractId): string => {
      const { header, claims } = takeApart(own[contract].accessToken);
      return assemble(header, { ...claims, exp: nowInSeconds(service) }, signers.own);
    };
    for (const endpoint of Object.values(BEARER_ENDPOINTS).filter(({ refreshes }) => !refreshes)) {
      const answer = await ask(endpoint, past(endpoint.contract));
      expectRefusal(answer, endpoint.contract, 401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token".*expired/);
    }
    expect((await validate(past('token'))).json).toMatchObject({
      valid: false,
      errorMessage: 'Token has expired',
    });
    for (const endpoint of Object.values(BEARER_ENDPOINTS).filter(({ refreshes }) => refreshes)) {
      const { contract } = endpoint;
      // another session's refresh token does not go with it; channel's goes by itself
      if (contract !== 'channel') expectRefusal(await ask(endpoint, past(contract)), contract, 401);
      expect(await ask(endpoint, past(contract), own)).toMatchObject({ status: 200 });
    }
  });

  it('has left all of the sessions that were forged alive', async () => {
    for (const contract of CONTRACT_IDS) expect(await isLive(service, account[contract])).toBe(true);
  });
});
