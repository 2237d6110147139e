import { atOnce, camel, claimsOf, tally } from '../support/race-client.js';
import { holdLock } from '../support/held-lock.js';
import { isAccepted, mailsTo } from '../support/channel-user.js';
import type { Answer } from '../support/http.js';
import {
  type JsendPair,
  jsendAccepts,
  jsendLogin,
  jsendLogout,
  jsendRefresh,
  jsendUser,
  refreshedPair,
  resetPassword,
} from '../support/jsend-session.js';
import { type Service, startService } from '../support/start-service.js';

const ROUNDS = 15;
const NEW = 'a newer password';
const USER_LOCK = 'SELECT FROM users WHERE email = $1 FOR UPDATE';
const SESSION_LOCK = 'SELECT FROM sessions WHERE id = $1 FOR UPDATE';

describe('what races reset_password', () => {
  let service: Service;
  let other: Service;
  beforeAll(async () => {
    // logins that come too late are wrong ones: they are not to lock the account
    const env = { LOCKOUT_ATTEMPTS: '1000' };
    service = await startService({ env });
    other = await startService({ env, database: service.database, clock: service.clock });
  });
  afterAll(async () => {
    await other.stop();
    await service.stop();
  });

  const nodeOf = (index: number): Service => (index % 2 === 0 ? service : other);

  const liveSessions = async (email: string): Promise<string[]> => {
    const rows = await service.database.query<{ id: string }>(
      `SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $1 AND s.ended_at IS NULL`,
      [email],
    );
    return rows.map(({ id }) => id);
  };

  const versionOf = async (email: string): Promise<unknown> =>
    (await service.database.query('SELECT credential_version FROM users WHERE email = $1', [email]))[0];

  const isDead = async ({ jwtToken, refreshToken }: JsendPair): Promise<void> => {
    for (const node of [service, other]) expect(await jsendAccepts(node, jwtToken)).toBe(false);
    expect((await jsendRefresh(service, { jwtToken, refreshToken })).status).toBe(401);
  };

  /** The pair that was answered is accepted everywhere, and it refreshes. */
  const isAlive = async (pair: JsendPair): Promise<void> => {
    for (const node of [service, other]) expect(await jsendAccepts(node, pair.jwtToken)).toBe(true);
    expect((await jsendRefresh(other, pair)).status).toBe(200);
  };

  /** Starts both, the second one first in every other round. */
  async function race(
    round: number,
    first: () => Promise<Answer>,
    second: () => Promise<Answer>,
  ): Promise<[Answer, Answer]> {
    if (round % 2 === 0) return Promise.all([first(), second()]);
    const [b, a] = await Promise.all([second(), first()]);
    return [a, b];
  }

  it('a logout that was acknowledged is not survived by the new pair', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const user = await jsendUser(service);
      const [reset, logout] = await race(
        round,
        () => resetPassword(nodeOf(round), user.jwtToken, NEW),
        () => jsendLogout(nodeOf(round + 1), user.jwtToken),
      );
      // refused where the reset had killed its token already: then nobody was told that the session was over
      expect([
        [200, 200],
        [401, 200],
        [200, 401],
      ]).toContainEqual([reset.status, logout.status]);
      await isDead(user);
      if (logout.status === 401) {
        await isAlive(reset.json.data);
        continue;
      }
      if (reset.status === 200) await isDead(reset.json.data);
      expect(await liveSessions(user.email)).toEqual([]);
      expect(await versionOf(user.email)).toEqual({ credential_version: reset.status === 200 ? 2 : 1 });
    }
  });

  it('a reset that waits while its session is logged out is 401 and changes no password', async () => {
    const user = await jsendUser(service);
    const lock = await holdLock(service.database, USER_LOCK, [user.email]);
    const reset = resetPassword(other, user.jwtToken, NEW);
    await lock.untilWaiting(1);
    expect((await jsendLogout(service, user.jwtToken)).status).toBe(200);
    await lock.release();
    expect((await reset).status).toBe(401);
    expect(await mailsTo(service, user.email)).toEqual([]);
    expect((await jsendLogin(service, user.email, user.password)).status).toBe(200);
  });

  it('a logout that waits behind the reset ends the renewed session', async () => {
    const user = await jsendUser(service);
    const lock = await holdLock(service.database, SESSION_LOCK, [claimsOf(user.jwtToken).sid]);
    const reset = resetPassword(service, user.jwtToken, NEW);
    await lock.untilWaiting(1);
    const logout = jsendLogout(other, user.jwtToken);
    await lock.untilWaiting(2);
    await lock.release();
    expect([(await reset).status, (await logout).status]).toEqual([200, 200]);
    await isDead((await reset).json.data);
    expect(await liveSessions(user.email)).toEqual([]);
  });

  it('a refresh of the same session: one live leaf, that of the reset, and nothing from before it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const user = await jsendUser(service);
      const [reset, refresh] = await race(
        round,
        () => resetPassword(nodeOf(round), user.jwtToken, NEW),
        () => jsendRefresh(nodeOf(round + 1), user),
      );
      expect(reset.status).toBe(200);
      expect([200, 401]).toContain(refresh.status);
      const sid = claimsOf(user.jwtToken).sid;
      expect(await liveSessions(user.email)).toEqual([sid]);
      const [row] = await service.database.query('SELECT gen, parent FROM sessions WHERE id = $1', [sid]);
      expect(row).toEqual({ gen: refresh.status === 200 ? 3 : 2, parent: null });
      if (refresh.status === 200) await isDead(refreshedPair(refresh));
      expect(await jsendAccepts(service, user.jwtToken)).toBe(false);
      await isAlive(reset.json.data);
      expect((await jsendRefresh(service, user)).status).toBe(401);
    }
  });

  it.each([
    { first: 'refresh', second: 'reset', statuses: [200, 200] },
    { first: 'reset', second: 'refresh', statuses: [200, 401] },
  ])('a $second that waits behind a $first: the pair of the reset lives', async ({ first, statuses }) => {
    const user = await jsendUser(service);
    const lock = await holdLock(service.database, SESSION_LOCK, [claimsOf(user.jwtToken).sid]);
    const steps = [() => jsendRefresh(service, user), () => resetPassword(other, user.jwtToken, NEW)];
    if (first === 'reset') steps.reverse();
    const [one, two] = steps as [() => Promise<Answer>, () => Promise<Answer>];
    const earlier = one();
    await lock.untilWaiting(1);
    const later = two();
    await lock.untilWaiting(2);
    await lock.release();
    const answers = [await earlier, await later] as const;
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    if (first === 'refresh') await isDead(refreshedPair(answers[0]));
    await isAlive((first === 'refresh' ? answers[1] : answers[0]).json.data);
  });

  // The winner's answer is the only one with tokens: whoever comes second acts on a token that the first has killed.
  it.each(['one session', 'two sessions', 'a session of camel'])(
    'of five at once by the tokens of %s one is made, and its pair is the one that lives',
    async (what) => {
      for (let round = 0; round < 5; round++) {
        const user = await jsendUser(service);
        const second = (await jsendLogin(service, user.email, user.password)).json.data as JsendPair;
        const foreign = camel.tokensOf(await camel.login(service.url, user.email, user.password)).access;
        const tokens = {
          'one session': [user.jwtToken],
          'two sessions': [user.jwtToken, second.jwtToken],
          'a session of camel': [foreign],
        }[what] as string[];
        const answers = await atOnce(5, (index) =>
          resetPassword(nodeOf(index), tokens[index % tokens.length]!, `password number ${index}`),
        );
        expect(tally(answers)).toEqual({ 200: 1, 401: 4 });
        const winner = answers.findIndex(({ status }) => status === 200);
        const pair = answers[winner]!.json.data as JsendPair;
        expect(await liveSessions(user.email)).toEqual([claimsOf(pair.jwtToken).sid]);
        for (const dead of [user.jwtToken, second.jwtToken, foreign])
          expect(await isAccepted(service, dead)).toBe(false);
        await isAlive(pair);
        expect(await versionOf(user.email)).toEqual({ credential_version: 2 });
        expect(await mailsTo(service, user.email)).toHaveLength(1);
        const logins = await atOnce(5, (index) =>
          jsendLogin(nodeOf(index), user.email, `password number ${index}`),
        );
        expect(logins.map(({ status }) => status === 200)).toEqual(
          answers.map((_, index) => index === winner),
        );
      }
    },
  );

  it('a reset that waits behind another by the same token is 401: its password is not set', async () => {
    const user = await jsendUser(service);
    const lock = await holdLock(service.database, USER_LOCK, [user.email]);
    const first = resetPassword(service, user.jwtToken, 'the first new one');
    await lock.untilWaiting(1);
    const second = resetPassword(other, user.jwtToken, 'the second new one');
    await lock.untilWaiting(2);
    await lock.release();
    expect([(await first).status, (await second).status]).toEqual([200, 401]);
    expect((await second).headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
    await isAlive((await first).json.data);
    expect((await jsendLogin(service, user.email, 'the first new one')).status).toBe(200);
  });

  it('a login with the old password never survives', async () => {
    const user = await jsendUser(service);
    let pair: JsendPair = user;
    let password = user.password;
    for (let round = 0; round < ROUNDS; round++) {
      const next = `password number ${round}`;
      const [reset, login] = await race(
        round,
        () => resetPassword(nodeOf(round), pair.jwtToken, next),
        () => jsendLogin(nodeOf(round + 1), user.email, password),
      );
      expect(reset.status).toBe(200);
      expect([200, 401]).toContain(login.status);
      if (login.status === 200) await isDead(login.json.data);
      expect(await liveSessions(user.email)).toEqual([claimsOf(user.jwtToken).sid]);
      [pair, password] = [reset.json.data, next];
    }
    await isAlive(pair);
  });

  it.each([
    { first: 'login', statuses: [200, 200] },
    { first: 'reset', statuses: [200, 401] },
  ])('behind a $first the other one knows of it', async ({ first, statuses }) => {
    const user = await jsendUser(service);
    const lock = await holdLock(service.database, USER_LOCK, [user.email]);
    const steps = [
      () => jsendLogin(service, user.email, user.password),
      () => resetPassword(other, user.jwtToken, NEW),
    ];
    if (first === 'reset') steps.reverse();
    const [one, two] = steps as [() => Promise<Answer>, () => Promise<Answer>];
    const earlier = one();
    await lock.untilWaiting(1);
    const later = two();
    await lock.untilWaiting(2);
    await lock.release();
    const answers = [await earlier, await later] as const;
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    if (first === 'login') await isDead(answers[0].json.data);
    expect(await liveSessions(user.email)).toEqual([claimsOf(user.jwtToken).sid]);
  });
});
