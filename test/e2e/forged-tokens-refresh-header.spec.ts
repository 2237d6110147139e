import { randomUUID } from 'node:crypto';
import { nowInSeconds, signersOf, assemble, takeApart } from '../support/forge-token.js';
import { type Answer, bearer, send } from '../support/http.js';
import { accountElsewhere, isLive, type OpenAccount, openAccount } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

/** jsend's refresh token, a bare UUID in the header `Refresh-Token`, beside the access token of its session. */
describe('the header Refresh-Token', () => {
  let service: Service;
  let account: OpenAccount;
  let other: OpenAccount;
  beforeAll(async () => {
    service = await startService();
    account = await openAccount(service);
    other = await openAccount(service);
  });
  afterAll(() => service.stop());

  /** @param headers names and values in turn */
  const ask = (...headers: string[]): Promise<Answer> =>
    send('POST', `${service.url}/jsend/api/auth/refresh_token`, { headers });
  const authorized = (accessToken = account.jsend.accessToken): string[] => [
    'Authorization',
    `Bearer ${accessToken}`,
  ];
  const refresh = ({ jsend }: OpenAccount): Promise<Answer> =>
    ask(...authorized(jsend.accessToken), 'Refresh-Token', jsend.refreshToken);

  async function expectRefused(headers: string[], challenge?: RegExp): Promise<void> {
    const before = await storedState(service.database);
    const answer = await ask(...headers);
    expectRefusal(answer, 'jsend', 401);
    if (challenge) expect(answer.headers['www-authenticate']).toMatch(challenge);
    else expect(answer.headers).not.toHaveProperty('www-authenticate');
    expect(await storedState(service.database)).toEqual(before);
    expect(await isLive(service, account.jsend)).toBe(true);
  }

  it('is missing', () => expectRefused(authorized()));

  it('is elsewhere: in another header, in the body or in the query', async () => {
    const { refreshToken } = account.jsend;
    await expectRefused([...authorized(), 'X-Refresh-Token', refreshToken]);
    await expectRefused([...authorized(), 'RefreshToken', refreshToken]);
    const url = `${service.url}/jsend/api/auth/refresh_token`;
    const headers = bearer(account.jsend.accessToken);
    const body = { refreshToken, 'Refresh-Token': refreshToken, refresh_token: refreshToken };
    expectRefusal(await send('POST', url, { headers, body }), 'jsend', 401);
    expectRefusal(await send('POST', `${url}?refresh-token=${refreshToken}`, { headers }), 'jsend', 401);
    expect(await isLive(service, account.jsend)).toBe(true);
  });

  it.each<[what: string, value: (own: string) => string]>([
    ['empty', () => ''],
    ['a word', () => 'undefined'],
    ['no UUID', () => 'not-a-uuid'],
    // tokens are compared byte for byte: one spelling each, which is the one that was given out
    ['in upper case', (own) => own.toUpperCase()],
    ['without hyphens', (own) => own.replaceAll('-', '')],
    ['in braces', (own) => `{${own}}`],
    ['a URN', (own) => `urn:uuid:${own}`],
    ['quoted', (own) => `"${own}"`],
    ['a Bearer token', (own) => `Bearer ${own}`],
    ['cut short', (own) => own.slice(0, -1)],
    ['too long', (own) => `${own}0`],
    ['twice in one', (own) => `${own}, ${own}`],
    ['of odd bytes', (own) => `${own}\xe9\xff`],
    ['10 KB', () => 'a'.repeat(10_000)],
    ['an unknown UUID', () => randomUUID()],
    ['an unknown UUID of version 1', () => 'c232ab00-9414-11ec-b3c8-9f6bdeced846'],
    ['its own with the version of another', (own) => `${own.slice(0, 14)}1${own.slice(15)}`],
    ['its own with another last digit', (own) => own.slice(0, -1) + (own.endsWith('0') ? '1' : '0')],
    ['the nil UUID', () => '00000000-0000-0000-0000-000000000000'],
    ['the max UUID', () => 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ])('is %s', (_, value) =>
    expectRefused([...authorized(), 'Refresh-Token', value(account.jsend.refreshToken)]),
  );

  it('is a token of another kind', async () => {
    for (const { refreshToken, accessToken } of [account.token, account.camel, account.snake]) {
      await expectRefused([...authorized(), 'Refresh-Token', refreshToken]);
      await expectRefused([...authorized(), 'Refresh-Token', accessToken]);
    }
    const { claims } = takeApart(account.jsend.accessToken);
    await expectRefused([...authorized(), 'Refresh-Token', claims['sid'] as string]);
    await expectRefused([...authorized(), 'Refresh-Token', claims['sub'] as string]);
  });

  it('comes twice, alike or not', async () => {
    const own = ['Refresh-Token', account.jsend.refreshToken];
    await expectRefused([...authorized(), ...own, ...own]);
    await expectRefused([...authorized(), ...own, 'refresh-token', randomUUID()]);
    await expectRefused([...authorized(), 'refresh-token', '', ...own]);
  });

  it("is another session's, which goes on", async () => {
    await expectRefused([...authorized(), 'Refresh-Token', other.jsend.refreshToken]);
    await expectRefused([
      ...authorized(other.jsend.accessToken),
      'Refresh-Token',
      account.jsend.refreshToken,
    ]);
    expect(await isLive(service, other.jsend)).toBe(true);
  });

  it('comes without an access token, or with one that does not count', async () => {
    const own = ['Refresh-Token', account.jsend.refreshToken];
    await expectRefused(own, /^Bearer$/);
    await expectRefused(['Authorization', 'Bearer x', ...own], /^Bearer error="invalid_token"/);
    await expectRefused(['Authorization', `Bearer ${account.jsend.refreshToken}`, ...own], /^Bearer error=/);
    for (const contract of ['token', 'camel', 'snake'] as const)
      await expectRefused([...authorized(account[contract].refreshToken), ...own], /^Bearer error=/);
    expectRefusal(await ask(...authorized(), ...authorized(), ...own), 'jsend', 400);
  });

  it("comes with the account's own session of another contract", async () => {
    const own = ['Refresh-Token', account.jsend.refreshToken];
    for (const contract of ['token', 'camel', 'channel', 'snake'] as const) {
      await expectRefused([...authorized(account[contract].accessToken), ...own]);
      expect(await isLive(service, account[contract])).toBe(true);
    }
  });

  it('is of another installation, with its own access token or with ours', async () => {
    const { jsend } = await accountElsewhere();
    const foreign = ['Refresh-Token', jsend.refreshToken];
    await expectRefused([...authorized(), ...foreign]);
    await expectRefused([...authorized(jsend.accessToken), ...foreign], /^Bearer error="invalid_token"/);
  });

  it('is of a session that has ended', async () => {
    const own = await openAccount(service);
    const url = `${service.url}/jsend/api/auth/logout`;
    expect((await send('POST', url, { headers: bearer(own.jsend.accessToken) })).status).toBe(200);
    const answer = await refresh(own);
    expectRefusal(answer, 'jsend', 401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token".*revoked/);
  });

  it('is right: with an access token that is valid or has expired, and blanks around it', async () => {
    const own = await openAccount(service);
    const { header, claims } = takeApart(own.jsend.accessToken);
    const expired = assemble(header, { ...claims, exp: nowInSeconds(service) }, signersOf(service).own);
    const first = await ask(...authorized(expired), 'REFRESH-TOKEN', ` ${own.jsend.refreshToken}\t`);
    expect(first).toMatchObject({ status: 200 });
    expect(first.json).toEqual({
      token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      refreshToken: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
    });
    const { token, refreshToken } = first.json;
    expect(await ask(...authorized(token), 'Refresh-Token', refreshToken)).toMatchObject({ status: 200 });
  });

  it('still refreshes the session that all of these were about', async () => {
    expect(await refresh(account)).toMatchObject({ status: 200 });
  });
});
