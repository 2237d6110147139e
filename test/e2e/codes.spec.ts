import { camel } from '../support/race-client.js';
import { channelUser } from '../support/channel-user.js';
import { freshName } from '../support/open-account.js';
import {
  ACTIVE,
  addressState,
  askFrom,
  enterCode,
  type Entry,
  followLink,
  mailedCode,
  mailedProofs,
  missesOf,
  newApplication,
  PENDING,
  wrongCode,
} from '../support/mailed-codes.js';
import { type Service, startService } from '../support/start-service.js';

const WRONG = { statusCode: 400, message: 'The verification code is wrong or not valid any more' };
const EMAIL_NEEDED = {
  statusCode: 400,
  message: 'Send the email that the code was mailed to along with it',
};

describe('whose code it is', () => {
  let service: Service;
  let elsewhere: Record<string, string>;
  beforeAll(async () => {
    service = await startService();
    elsewhere = await newApplication(service);
  });
  afterAll(() => service.stop());

  /** Somebody who registered through an application of their own: nobody else's codes are at that place. */
  const newcomer = async () => {
    const headers = await newApplication(service);
    const user = await channelUser(service, { headers });
    return { ...user, headers, code: await mailedCode(service, user.email) };
  };
  type Newcomer = Awaited<ReturnType<typeof newcomer>>;

  const WAYS: readonly [name: string, entry: (user: Newcomer) => Entry][] = [
    ['the Bearer token', ({ token }) => ({ token })],
    ['the Bearer token, through another application', ({ token }) => ({ token, headers: elsewhere })],
    ['the address', ({ email }) => ({ email })],
    ['the address in other letters', ({ email }) => ({ email: email.toUpperCase() })],
    ['the address, through another application', ({ email }) => ({ email, headers: elsewhere })],
    ['neither, through the application that asked', ({ headers }) => ({ headers })],
  ];

  it.each(WAYS)('is told by %s', async (_, entryOf) => {
    const user = await newcomer();
    expect(await addressState(service, user.email)).toEqual(PENDING);
    const answer = await enterCode(service, user.code, entryOf(user));
    expect(answer).toMatchObject({
      status: 200,
      json: {
        statusCode: 200,
        message: 'Email verified successfully',
        data: {
          user: {
            uuid: expect.stringMatching(/^[\da-f-]{36}$/),
            status: 'ACTIVE',
            emailVerifiedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
          },
        },
      },
    });
    expect(await addressState(service, user.email)).toEqual(ACTIVE);
    expect((await enterCode(service, user.code, entryOf(user))).json).toEqual(WRONG);
  });

  it.each(WAYS)('%s: a wrong code is refused and counted', async (_, entryOf) => {
    const user = await newcomer();
    const answer = await enterCode(service, wrongCode(user.code), entryOf(user));
    expect(answer).toMatchObject({ status: 400, json: WRONG });
    expect(await missesOf(service, user.email)).toBe(1);
    expect(await addressState(service, user.email)).toEqual(PENDING);
  });

  it('without an account, another application finds nothing and counts nothing', async () => {
    const user = await newcomer();
    for (const headers of [elsewhere, {}])
      expect((await enterCode(service, user.code, { headers })).json).toEqual(WRONG);
    expect(await missesOf(service, user.email)).toBe(0);
    expect((await enterCode(service, user.code, { headers: user.headers })).status).toBe(200);
  });

  it('without an account, a code that camel mailed is found by no application', async () => {
    const username = freshName();
    const email = `${username}@example.com`;
    expect((await camel.register(service.url, { username, email })).status).toBe(201);
    const code = await mailedCode(service, email);
    expect((await enterCode(service, code)).json).toEqual(WRONG);
    expect(await missesOf(service, email)).toBe(0);
    expect((await enterCode(service, code, { email })).status).toBe(200);
    expect(await addressState(service, email)).toEqual(ACTIVE);
  });

  it.each([
    { asked: '192.0.2.1', entered: '192.0.2.2', status: 400 },
    { asked: '192.0.2.3', entered: '192.0.2.3', status: 200 },
    { asked: '192.0.2.4', entered: '::ffff:192.0.2.4', status: 200 },
    { asked: '2001:db8:1:2::5', entered: '2001:db8:1:2:ffff::1', status: 200 },
    { asked: '2001:db8:1:3::5', entered: '2001:db8:1:4::5', status: 400 },
  ])(
    'without an account, one asked for from $asked and entered from $entered: $status',
    async ({ asked, entered, status }) => {
      const email = `${freshName()}@example.com`;
      const [password, passwordConfirmation] = ['the first password', 'the first password'];
      const person = { firstName: 'Ada', lastName: 'Lovelace', email, password, passwordConfirmation };
      expect((await askFrom(asked, service, 'register', person)).status).toBe(201);
      const verificationCode = await mailedCode(service, email);
      expect((await askFrom(entered, service, 'verify-email', { verificationCode })).status).toBe(status);
      expect(await addressState(service, email)).toEqual(status === 200 ? ACTIVE : PENDING);
      expect(await missesOf(service, email)).toBe(0);
      if (status === 400)
        expect((await askFrom(entered, service, 'verify-email', { verificationCode, email })).status).toBe(
          200,
        );
    },
  );

  it("one account's code with another's Bearer token or address is a wrong try for the latter alone", async () => {
    for (const by of ['token', 'email'] as const) {
      const [owner, other] = [await newcomer(), await newcomer()];
      const answer = await enterCode(service, owner.code, { [by]: other[by], headers: owner.headers });
      // one chance in a million that both are the same
      expect(answer.json).toEqual(WRONG);
      expect(await missesOf(service, other.email)).toBe(1);
      expect(await missesOf(service, owner.email)).toBe(0);
      expect(await addressState(service, owner.email)).toEqual(PENDING);
      expect((await enterCode(service, owner.code, { headers: owner.headers })).status).toBe(200);
    }
  });

  it('the Bearer token decides where an address is sent too', async () => {
    const [owner, other] = [await newcomer(), await newcomer()];
    expect((await enterCode(service, owner.code, { token: owner.token, email: other.email })).status).toBe(
      200,
    );
    expect(await missesOf(service, other.email)).toBe(0);
  });

  it('a Bearer token that is not valid is refused, not left aside', async () => {
    const user = await newcomer();
    const answer = await enterCode(service, user.code, { token: 'nonsense', headers: user.headers });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
    expect(await addressState(service, user.email)).toEqual(PENDING);
  });

  it('an unknown address answers as a wrong code does', async () => {
    const answer = await enterCode(service, '123456', { email: `${freshName()}@example.com` });
    expect(answer).toMatchObject({ status: 400, json: WRONG });
  });

  it('digits in other clothes are a wrong code, and counted', async () => {
    const user = await newcomer();
    const odd = [`${user.code}0`, `+${user.code}`, user.code.replace(/\d/, '٣')];
    for (const code of odd)
      expect((await enterCode(service, code, { email: user.email })).json).toEqual(WRONG);
    expect(await missesOf(service, user.email)).toBe(odd.length);
    expect((await enterCode(service, user.code, { email: user.email })).status).toBe(200);
  });
});

describe('with CODE_SEARCH_LIMIT=2', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ env: { CODE_SEARCH_LIMIT: '2' } });
  });
  afterAll(() => service.stop());

  it('three outstanding codes of one place demand the address, and nothing is counted or spent', async () => {
    const headers = await newApplication(service);
    const users = [];
    for (let count = 0; count < 3; count++) users.push(await channelUser(service, { headers }));
    const [first, second, third] = users.map(({ email }) => email) as [string, string, string];
    const right = await mailedCode(service, first);
    const codes = await Promise.all([first, second, third].map((email) => mailedCode(service, email)));

    for (const code of [right, wrongCode(...codes)])
      expect(await enterCode(service, code, { headers })).toMatchObject({ status: 400, json: EMAIL_NEEDED });
    for (const email of [first, second, third]) {
      expect(await missesOf(service, email)).toBe(0);
      expect(await addressState(service, email)).toEqual(PENDING);
    }
    // other places, and requests that name the account, are as before
    expect((await enterCode(service, right)).json).toEqual(WRONG);
    expect((await enterCode(service, right, { headers, email: first })).status).toBe(200);

    const [newest] = await mailedProofs(service, second);
    expect((await enterCode(service, codes[2] as string, { headers })).status).toBe(200);
    expect((await followLink(service, newest?.link as string)).status).toBe(200);
  });

  it('codes that are over do not count as outstanding', async () => {
    const headers = await newApplication(service);
    const early = [await channelUser(service, { headers }), await channelUser(service, { headers })];
    for (let tries = 0; tries < 5; tries++)
      await enterCode(service, wrongCode(await mailedCode(service, early[0]!.email)), early[0]);
    service.clock.advance(14 * 60_000);
    const late = [await channelUser(service, { headers }), await channelUser(service, { headers })];
    const code = await mailedCode(service, late[0]!.email);
    expect((await enterCode(service, code, { headers })).json).toEqual(EMAIL_NEEDED);
    service.clock.advance(60_001);
    expect((await enterCode(service, code, { headers })).status).toBe(200);
  });
});
