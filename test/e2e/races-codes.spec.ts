import { channelUser, mailsTo } from '../support/channel-user.js';
import { atOnce, tally } from '../support/race-client.js';
import {
  ACTIVE,
  addressState,
  enterCode,
  type Entry,
  followLink,
  mailedCode,
  mailedProofs,
  missesOf,
  newApplication,
  PENDING,
  resendCode,
  storedCodes,
  wrongCode,
} from '../support/mailed-codes.js';
import { type Service, startService } from '../support/start-service.js';

const MINUTE = 60_000;
const ROUNDS = 15;

describe('codes at the same time', () => {
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

  const nodeOf = (index: number): Service => (index % 2 === 0 ? service : other);

  const newcomer = async (headers?: Record<string, string>) => {
    const place = headers ?? (await newApplication(service));
    const user = await channelUser(service, { headers: place });
    return { ...user, headers: place, code: await mailedCode(service, user.email) };
  };
  type Newcomer = Awaited<ReturnType<typeof newcomer>>;

  const WAYS: readonly [name: string, entry: (user: Newcomer) => Entry][] = [
    ['by the Bearer token', ({ token }) => ({ token })],
    ['by the address', ({ email }) => ({ email })],
    ['without an account', ({ headers }) => ({ headers })],
  ];

  const live = async (email: string): Promise<number> =>
    (await storedCodes(service, email)).filter(({ used, voided }) => !used && !voided).length;

  // A code is a one-time secret, used at most once: unlike a link, nobody but its owner fetches it a second time.
  it.each(WAYS)('20 uses of one code %s: one is answered 200', async (_, entryOf) => {
    for (let round = 0; round < 3; round++) {
      const user = await newcomer();
      const answers = await atOnce(20, (index) => enterCode(nodeOf(index), user.code, entryOf(user)));
      expect(tally(answers)).toEqual({ 200: 1, 400: 19 });
      expect(await storedCodes(service, user.email)).toMatchObject([{ used: true, wrong_tries: 0 }]);
      expect(await addressState(service, user.email)).toEqual(ACTIVE);
    }
  });

  it.each(WAYS)('60 wrong guesses %s count as 60: five kill the code', async (_, entryOf) => {
    const user = await newcomer();
    const neighbour = await newcomer(user.headers);
    const wrong = wrongCode(user.code, neighbour.code);
    const answers = await atOnce(60, (index) => enterCode(nodeOf(index), wrong, entryOf(user)));
    expect(tally(answers)).toEqual({ 400: 60 });
    expect(await missesOf(service, user.email)).toBe(5);
    expect(await missesOf(service, neighbour.email)).toBe(entryOf(user).headers ? 5 : 0);
    for (const [, way] of WAYS) expect((await enterCode(service, user.code, way(user))).status).toBe(400);
    expect(await addressState(service, user.email)).toEqual(PENDING);
  });

  it.each(WAYS)(
    'four wrong guesses at once %s are four, and the right code still works',
    async (_, entryOf) => {
      const user = await newcomer();
      const guesses = await atOnce(4, (index) =>
        enterCode(nodeOf(index), wrongCode(user.code), entryOf(user)),
      );
      expect(tally(guesses)).toEqual({ 400: 4 });
      expect(await missesOf(service, user.email)).toBe(4);
      expect((await enterCode(other, user.code, entryOf(user))).status).toBe(200);
    },
  );

  it('the right code among 30 wrong guesses works or is dead by five of them, never anything else', async () => {
    for (let round = 0; round < 5; round++) {
      const user = await newcomer();
      const right = round * 7;
      const answers = await atOnce(31, (index) =>
        enterCode(nodeOf(index), index === right ? user.code : wrongCode(user.code), { email: user.email }),
      );
      const won = answers[right]?.status === 200;
      expect(tally(answers)).toEqual(won ? { 200: 1, 400: 30 } : { 400: 31 });
      expect(await addressState(service, user.email)).toEqual(won ? ACTIVE : PENDING);
      const misses = (await missesOf(service, user.email)) as number;
      if (won) expect(misses).toBeLessThan(5);
      else expect(misses).toBe(5);
    }
  });

  it('a resend racing the use of the code: one of them comes first, and nothing is left that contradicts it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const user = await newcomer();
      service.clock.advance(MINUTE);
      const race = [
        () => enterCode(nodeOf(round), user.code, { email: user.email }),
        () => resendCode(nodeOf(round + 1), { email: user.email }),
      ];
      if (round % 2) race.reverse();
      const answers = await Promise.all(race.map((start) => start()));
      const [used, resent] = round % 2 ? answers.reverse() : answers;
      expect(resent?.status).toBe(200);
      const mails = await mailedProofs(service, user.email);
      if (used?.status === 200) {
        expect(await addressState(service, user.email)).toEqual(ACTIVE);
        expect(mails).toHaveLength(1);
        expect(await live(user.email)).toBe(0);
      } else {
        expect(used?.status).toBe(400);
        expect(await addressState(service, user.email)).toEqual(PENDING);
        expect(mails).toHaveLength(2);
        expect(await live(user.email)).toBe(1);
        const fresh = mails[0]?.code as string;
        expect((await enterCode(service, fresh, { email: user.email })).status).toBe(200);
      }
    }
  });

  it('code and link at once: the address is verified once, and both are over', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const user = await newcomer();
      const [proof] = await mailedProofs(service, user.email);
      const race = [
        () => enterCode(nodeOf(round), user.code, { headers: user.headers }),
        () => followLink(nodeOf(round + 1), proof?.link as string),
      ];
      if (round % 2) race.reverse();
      const answers = await Promise.all(race.map((start) => start()));
      const [code, link] = (round % 2 ? answers.reverse() : answers).map(({ status }) => status);
      // the link's second use is answered as its first; the code's is not
      expect([
        [200, 200],
        [200, 400],
        [400, 200],
      ]).toContainEqual([code, link]);
      expect(await addressState(service, user.email)).toEqual(ACTIVE);
      expect((await enterCode(service, user.code, { email: user.email })).status).toBe(400);
      const [spent] = await service.database.query(
        `SELECT (SELECT count(*)::int FROM one_time_codes c WHERE c.user_id = u.id AND c.used_at IS NOT NULL)
              + (SELECT count(*)::int FROM one_time_secrets s WHERE s.user_id = u.id AND s.used_at IS NOT NULL) AS uses
         FROM users u WHERE u.email = $1`,
        [user.email],
      );
      expect(spent).toEqual({ uses: 1 });
    }
  });

  it('20 resends at once leave one code that works, the newest', async () => {
    const user = await newcomer();
    service.clock.advance(MINUTE);
    const answers = await atOnce(20, (index) =>
      resendCode(nodeOf(index), index % 3 === 0 ? { token: user.token } : { email: user.email }),
    );
    expect(tally(answers)).toEqual({ 200: 20 });
    expect(await mailsTo(service, user.email)).toHaveLength(21);
    expect(await live(user.email)).toBe(1);
    const fresh = (await mailedProofs(service, user.email)).find(({ code }) => code)?.code as string;
    expect((await enterCode(service, fresh, { headers: {}, email: user.email })).status).toBe(200);
  });

  it('30 registrations at one place at once: 30 codes, each of which finds its account without any other word', async () => {
    const headers = await newApplication(service);
    const users = await atOnce(30, (index) => channelUser(nodeOf(index), { headers }));
    const codes = await Promise.all(users.map(({ email }) => mailedCode(service, email)));
    expect(new Set(codes).size).toBe(30);
    const answers = await atOnce(30, (index) => enterCode(nodeOf(index), codes[index]!, { headers }));
    expect(tally(answers)).toEqual({ 200: 30 });
    const states = await Promise.all(users.map(({ email }) => addressState(service, email)));
    expect(new Set(states.map((state) => JSON.stringify(state)))).toEqual(new Set([JSON.stringify(ACTIVE)]));
    const uuids = answers.map(({ json }) => json.data.user.uuid);
    const stored = await Promise.all(
      users.map(({ email }) => service.database.query('SELECT uuid FROM users WHERE email = $1', [email])),
    );
    expect(stored.flat()).toEqual(uuids.map((uuid) => ({ uuid })));
  });

  it('registrations, guesses, resends, codes and links at one place at once: no deadlock, no code lost', async () => {
    const headers = await newApplication(service);
    const users = await atOnce(6, () => newcomer(headers));
    const links = await Promise.all(users.map(({ email }) => mailedProofs(service, email)));
    service.clock.advance(MINUTE);
    const wrong = wrongCode(...users.map(({ code }) => code));
    const work = [
      ...[0, 1].map((index) => () => enterCode(nodeOf(index), users[index]!.code, { headers })),
      ...[2, 3].map((index) => () => followLink(nodeOf(index), links[index]![0]!.link)),
      ...[4, 5].map((index) => () => resendCode(nodeOf(index), { email: users[index]!.email, headers })),
      ...[0, 1, 2].map((index) => () => enterCode(nodeOf(index), wrong, { headers })),
    ];
    const [registered, answers] = await Promise.all([
      atOnce(6, (index) => channelUser(nodeOf(index), { headers })),
      Promise.all(work.map((start) => start())),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 400, 400, 400]);
    for (const { email } of users.slice(0, 4)) expect(await addressState(service, email)).toEqual(ACTIVE);
    for (const { email } of [...users.slice(4), ...registered]) {
      expect(await missesOf(service, email)).toBeLessThanOrEqual(3);
      const code = await mailedCode(service, email);
      expect((await enterCode(service, code, { headers })).status).toBe(200);
    }
  });
});
