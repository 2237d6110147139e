import { GENUINE, ODD_CLAIMS, TOO_LONG } from '../support/forged-claims.js';
import { assemble, nowInSeconds, type Signers, signersOf, takeApart } from '../support/forge-token.js';
import { type Forge, ODD_HEADER, TAMPERED, WRONGLY_SIGNED } from '../support/forgeries.js';
import { type Answer, bearer, send } from '../support/http.js';
import {
  accountElsewhere,
  CONTRACT_IDS,
  isLive,
  type OpenAccount,
  openAccount,
} from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

/** Those whose refresh token is signed: jsend's is a UUID, channel has none. */
const CONTRACTS = ['token', 'camel', 'snake'] as const;
type Signing = (typeof CONTRACTS)[number];
const FIELDS: Record<Signing, string> = { token: 'token', camel: 'refreshToken', snake: 'refresh_token' };

const FORGERIES = { ...TAMPERED, ...WRONGLY_SIGNED, ...ODD_HEADER, ...ODD_CLAIMS };
const each = <T>(table: Record<string, T>) =>
  CONTRACTS.flatMap((contract) => Object.entries(table).map(([what, make]) => ({ contract, what, make })));

describe('a refresh token that the service did not issue', () => {
  let service: Service;
  let account: OpenAccount;
  let signers: Signers;
  let foreign: OpenAccount;
  let before: unknown;
  beforeAll(async () => {
    foreign = await accountElsewhere();
    service = await startService();
    account = await openAccount(service);
    signers = signersOf(service);
    before = await storedState(service.database);
  });
  afterAll(() => service.stop());

  const forge = (make: Forge, token: string): readonly string[] => {
    const made = make({ token, parts: takeApart(token), signers, now: nowInSeconds(service) });
    return typeof made === 'string' ? [made] : made;
  };

  /** The document's own request: `token` sends the access token along, the others the refresh token alone. */
  const refresh = (contract: Signing, refreshToken: string, own = account): Promise<Answer> => {
    if (contract === 'token')
      return send('POST', `${service.url}/token/v1/auth/token/refresh`, {
        headers: bearer(own.token.accessToken),
        body: { type: 'refresh', token: refreshToken },
      });
    const path = contract === 'camel' ? '/api/v1/auth/refresh' : '/api/auth/refresh';
    return send('POST', `${service.url}/${contract}${path}`, { body: { [FIELDS[contract]]: refreshToken } });
  };

  async function expectRefused(contract: Signing, tokens: readonly string[], status = 401): Promise<void> {
    expect(tokens.length).toBeGreaterThan(0);
    const fields = status === 400 ? [FIELDS[contract]] : undefined;
    for (const token of tokens) expectRefusal(await refresh(contract, token), contract, status, fields);
  }

  it.each(each(FORGERIES))('$contract refuses: $what', ({ contract, make }) =>
    expectRefused(contract, forge(make, account[contract].refreshToken)),
  );

  it.each(each(TOO_LONG))('$contract refuses as an invalid field: $what', ({ contract, make }) =>
    expectRefused(contract, forge(make, account[contract].refreshToken), 400),
  );

  it.each(CONTRACTS)('%s refuses an access token in the place of a refresh token', (contract) =>
    expectRefused(
      contract,
      CONTRACT_IDS.map((id) => account[id].accessToken),
    ),
  );

  it.each(CONTRACTS)(
    "%s refuses the other contracts' refresh tokens, whose sessions go on",
    async (contract) => {
      const others = CONTRACT_IDS.filter((id) => id !== contract);
      await expectRefused(
        contract,
        others.map((id) => account[id].refreshToken),
      );
      for (const id of others) expect(await isLive(service, account[id])).toBe(true);
    },
  );

  it.each(CONTRACTS)('%s refuses the refresh token of another installation', (contract) =>
    expectRefused(contract, [foreign[contract].refreshToken]),
  );

  it.each(CONTRACTS)('%s refuses an expired one, signed anew or not', async (contract) => {
    const { header, claims } = takeApart(account[contract].refreshToken);
    await expectRefused(contract, [assemble(header, { ...claims, exp: nowInSeconds(service) }, signers.own)]);
    await expectRefused(contract, [assemble(header, { ...claims, exp: 1 }, signers.own)]);
  });

  it('leaves everything as it was', async () => {
    expect(await storedState(service.database)).toEqual(before);
  });

  it.each(CONTRACTS)('%s refuses one of a session that has ended', async (contract) => {
    const own = await openAccount(service);
    const logout = `${service.url}/camel/api/v1/auth/logout`;
    expect((await send('POST', logout, { headers: bearer(own[contract].accessToken) })).status).toBe(200);
    expectRefusal(await refresh(contract, own[contract].refreshToken, own), contract, 401);
  });

  it.each(each(GENUINE))(
    '$contract accepts what the same helper makes right: $what',
    async ({ contract, make }) => {
      const own = await openAccount(service);
      const [token = ''] = forge(make, own[contract].refreshToken);
      expect((await refresh(contract, token, own)).status).toBe(200);
    },
  );

  it.each(CONTRACTS)('%s still refreshes the session that all of these were about', async (contract) => {
    expect((await refresh(contract, account[contract].refreshToken)).status).toBe(200);
  });
});
