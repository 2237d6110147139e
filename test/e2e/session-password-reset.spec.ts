import { camel, claimsOf, token } from '../support/race-client.js';
import { askChannel, channelUser, isAccepted, mailsTo } from '../support/channel-user.js';
import {
  jsendAccepts,
  jsendLogin,
  jsendLogout,
  jsendRefresh,
  jsendUser,
  refreshedPair,
  resetPassword,
} from '../support/jsend-session.js';
import { freshName, mailedResetToken } from '../support/open-account.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

const MINUTE = 60_000;
const NEW = 'a newer password';
const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe("jsend's reset_password", () => {
  let service: Service;
  let other: Service;
  beforeAll(async () => {
    service = await startService();
    other = await startService({ database: service.database, clock: service.clock });
  });
  afterAll(async () => {
    await other.stop();
    await service.stop();
  });

  const sessionsOf = (email: string) =>
    service.database.query<{ id: string; contract: string; end_reason: string | null }>(
      `SELECT s.id, s.contract, s.end_reason FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE u.email = $1 ORDER BY s.created_at`,
      [email],
    );

  it('gives a new pair of the same session, and the earlier tokens are dead at once, on every node', async () => {
    const user = await jsendUser(service);
    const answer = await resetPassword(service, user.jwtToken, NEW);
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(answer.json).toEqual({
      status: 'success',
      timestamp: expect.any(Number),
      data: { jwtToken: expect.any(String), refreshToken: expect.stringMatching(UUID_V4) },
    });
    const pair = answer.json.data;
    expect(claimsOf(pair.jwtToken).sid).toBe(claimsOf(user.jwtToken).sid);
    expect(pair.refreshToken).not.toBe(user.refreshToken);
    for (const node of [other, service]) {
      expect(await jsendAccepts(node, pair.jwtToken)).toBe(true);
      expect(await jsendAccepts(node, user.jwtToken)).toBe(false);
      expect(await isAccepted(node, user.jwtToken)).toBe(false);
      expect((await resetPassword(node, user.jwtToken, 'a third password')).status).toBe(401);
    }
    expect((await jsendLogin(service, user.email, user.password)).status).toBe(401);
    expect((await jsendLogin(service, user.email, NEW)).status).toBe(200);
  });

  it('leaves one refresh token: the new one, with the earlier access token or the new one beside it', async () => {
    const user = await jsendUser(service);
    const pair = (await resetPassword(service, user.jwtToken, NEW)).json.data;
    for (const jwtToken of [user.jwtToken, pair.jwtToken]) {
      const refused = await jsendRefresh(service, { jwtToken, refreshToken: user.refreshToken });
      expect(refused.status).toBe(401);
    }
    expect(await jsendAccepts(service, pair.jwtToken)).toBe(true);
    const next = await jsendRefresh(service, pair);
    expect(next.status).toBe(200);
    expect(await jsendAccepts(service, refreshedPair(next).jwtToken)).toBe(true);
  });

  it('kills the tokens of a rotation before it too, within its grace interval', async () => {
    const user = await jsendUser(service);
    const rotated = refreshedPair(await jsendRefresh(service, user));
    expect(await jsendAccepts(service, user.jwtToken)).toBe(true);
    const pair = (await resetPassword(service, rotated.jwtToken, NEW)).json.data;
    for (const { jwtToken } of [user, rotated]) expect(await jsendAccepts(service, jwtToken)).toBe(false);
    expect((await jsendRefresh(service, rotated)).status).toBe(401);
    expect(await jsendAccepts(service, pair.jwtToken)).toBe(true);
    expect((await jsendRefresh(service, pair)).status).toBe(200);
  });

  it('may be done by an earlier access token of the session that has not expired', async () => {
    const user = await jsendUser(service);
    await jsendRefresh(service, user);
    const answer = await resetPassword(service, user.jwtToken, NEW);
    expect(answer.status).toBe(200);
    expect(await jsendAccepts(service, answer.json.data.jwtToken)).toBe(true);
  });

  it('can be done again with the new token, and the same session goes on', async () => {
    const user = await jsendUser(service);
    let pair: { jwtToken: string; refreshToken: string } = user;
    for (const password of [NEW, 'a third password', 'a fourth password']) {
      const before = pair;
      pair = (await resetPassword(service, before.jwtToken, password)).json.data;
      expect(await jsendAccepts(service, before.jwtToken)).toBe(false);
    }
    expect((await jsendRefresh(service, pair)).status).toBe(200);
    expect(await sessionsOf(user.email)).toEqual([
      { id: claimsOf(user.jwtToken).sid, contract: 'jsend', end_reason: null },
    ]);
  });

  it('ends the other sessions, of every contract', async () => {
    const username = freshName();
    const email = `${username}@example.com`;
    const password = 'correct horse battery';
    const first = camel.tokensOf(await camel.register(service.url, { username, email }));
    const second = token.tokensOf(await token.login(service.url, username));
    const third = (await askChannel(service, 'login', { email, password })).json.data.token;
    const mine = (await jsendLogin(service, email, password)).json.data;
    const another = (await jsendLogin(service, email, password)).json.data;
    const pair = (await resetPassword(service, mine.jwtToken, NEW)).json.data;

    for (const access of [first.access, second.access, third, another.jwtToken])
      for (const node of [service, other]) expect(await isAccepted(node, access)).toBe(false);
    expect((await camel.refresh(service.url, first)).status).toBe(401);
    expect((await token.refresh(service.url, second)).status).toBe(401);
    expect((await jsendRefresh(service, another)).status).toBe(401);
    expect(await isAccepted(service, pair.jwtToken)).toBe(true);
    const ended = (await sessionsOf(email)).map(({ end_reason }) => end_reason);
    expect(ended).toEqual([...Array(3).fill('password_changed'), null, 'password_changed']);
  });

  it.each(['camel', 'token', 'channel'] as const)(
    "by a token of %s: that contract's session ends, and the pair is a new one's",
    async (contract) => {
      const { email, password, token: registered } = await channelUser(service);
      const foreign = {
        camel: async () => camel.tokensOf(await camel.login(service.url, email, password)).access,
        token: async () => token.tokensOf(await token.login(service.url, email, password)).access,
        channel: () => Promise.resolve(registered),
      };
      const access = await foreign[contract]();
      const answer = await resetPassword(service, access, NEW);
      expect(answer.status).toBe(200);
      const pair = answer.json.data;
      expect(pair.refreshToken).toMatch(UUID_V4);
      expect(claimsOf(pair.jwtToken).sid).not.toBe(claimsOf(access).sid);
      for (const node of [service, other]) {
        expect(await isAccepted(node, access)).toBe(false);
        expect(await isAccepted(node, pair.jwtToken)).toBe(true);
      }
      const sessions = await sessionsOf(email);
      expect(sessions.find(({ id }) => id === claimsOf(access).sid)?.end_reason).toBe('password_changed');
      expect(sessions.filter(({ end_reason }) => end_reason === null)).toEqual([
        { id: claimsOf(pair.jwtToken).sid, contract: 'jsend', end_reason: null },
      ]);
      expect((await jsendRefresh(service, pair)).status).toBe(200);
      expect((await jsendLogin(service, email, NEW)).status).toBe(200);
    },
  );

  it('tells the owner by one mail that holds nothing to use, and voids reset links', async () => {
    const user = await jsendUser(service);
    const link = await mailedResetToken(service, user.email);
    await resetPassword(service, user.jwtToken, NEW);
    const [notice, ...rest] = await mailsTo(service, user.email);
    expect(rest).toHaveLength(1);
    expect(notice?.subject).toBe('Your password was changed');
    for (const text of [notice?.text, notice?.html]) {
      expect(text).not.toMatch(/https?:|token=|(?<![\d#])\d{6}(?!\d)/);
      expect(text).not.toContain(NEW);
    }
    const again = await askChannel(service, 'reset-password', {
      token: link,
      password: 'yet another one',
      passwordConfirmation: 'yet another one',
    });
    expect(again.status).toBe(400);
  });

  it.each([
    ['a token that was logged out', async (jwt: string) => void (await jsendLogout(service, jwt))],
    ['a token that has expired', () => Promise.resolve(service.clock.advance(3_600_000))],
    ['a refresh token in its place', undefined],
  ])('%s changes nothing', async (_, before) => {
    const user = await jsendUser(service);
    await before?.(user.jwtToken);
    const presented = before ? user.jwtToken : user.refreshToken;
    const state = await storedState(service.database);
    const answer = await resetPassword(service, presented, NEW);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
    expect(await storedState(service.database)).toEqual(state);
    expect((await jsendLogin(service, user.email, user.password)).status).toBe(200);
  });

  it('a password that is too short is 400, and everything stays', async () => {
    const user = await jsendUser(service);
    const state = await storedState(service.database);
    expect((await resetPassword(service, user.jwtToken, 'seven77')).status).toBe(400);
    expect(await storedState(service.database)).toEqual(state);
    expect(await jsendAccepts(service, user.jwtToken)).toBe(true);
  });
});

describe('with REAUTHENTICATION_WINDOW=10m', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ env: { REAUTHENTICATION_WINDOW: '10m' } });
  });
  afterAll(() => service.stop());

  it('a session whose password was entered less than that ago may reset it', async () => {
    const user = await jsendUser(service);
    service.clock.advance(10 * MINUTE - 2_000);
    expect((await resetPassword(service, user.jwtToken, NEW)).status).toBe(200);
  });

  it('an older one is 401 and changes nothing; a login makes it work', async () => {
    const user = await jsendUser(service);
    service.clock.advance(10 * MINUTE);
    const state = await storedState(service.database);
    const answer = await resetPassword(service, user.jwtToken, NEW);
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual({
      status: 'error',
      timestamp: expect.any(Number),
      message: expect.stringMatching(/password again/),
    });
    expect(await storedState(service.database)).toEqual(state);
    expect(await jsendAccepts(service, user.jwtToken)).toBe(true);
    const fresh = (await jsendLogin(service, user.email, user.password)).json.data;
    expect((await resetPassword(service, fresh.jwtToken, NEW)).status).toBe(200);
  });

  it('a refresh enters no password', async () => {
    const user = await jsendUser(service);
    service.clock.advance(10 * MINUTE);
    const refreshed = refreshedPair(await jsendRefresh(service, user));
    expect((await resetPassword(service, refreshed.jwtToken, NEW)).status).toBe(401);
  });

  it('nor does a reset within the window move it', async () => {
    const user = await jsendUser(service);
    service.clock.advance(9 * MINUTE);
    const pair = (await resetPassword(service, user.jwtToken, NEW)).json.data;
    service.clock.advance(MINUTE);
    expect((await resetPassword(service, pair.jwtToken, 'a third password')).status).toBe(401);
  });
});
