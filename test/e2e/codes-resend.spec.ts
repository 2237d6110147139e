import { camel } from '../support/race-client.js';
import { channelUser, mailsTo } from '../support/channel-user.js';
import { holdLock } from '../support/held-lock.js';
import { freshName } from '../support/open-account.js';
import {
  ACTIVE,
  addressState,
  enterCode,
  followLink,
  mailedCode,
  mailedProofs,
  newApplication,
  resendCode,
  storedCodes,
} from '../support/mailed-codes.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ON_ITS_WAY = {
  statusCode: 200,
  message: 'If this address awaits verification, another mail is on its way',
};

describe('another code', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const verified = async () => {
    const user = await channelUser(service);
    await enterCode(service, await mailedCode(service, user.email), { email: user.email });
    expect(await addressState(service, user.email)).toEqual(ACTIVE);
    return user;
  };

  it.each(['email', 'token'] as const)('is mailed by %s, and the earlier one is void', async (by) => {
    const user = await channelUser(service);
    const [first] = await mailedProofs(service, user.email);
    service.clock.advance(MINUTE);
    expect(await resendCode(service, { [by]: user[by] })).toMatchObject({ status: 200, json: ON_ITS_WAY });
    const [second, ...rest] = await mailedProofs(service, user.email);
    expect(rest).toEqual([first]);
    expect((await enterCode(service, first?.code as string, { email: user.email })).status).toBe(400);
    expect((await enterCode(service, second?.code as string, { email: user.email })).status).toBe(200);
    expect(await addressState(service, user.email)).toEqual(ACTIVE);
  });

  it('leaves the earlier link good, of which three may be outstanding', async () => {
    const user = await channelUser(service);
    const [first] = await mailedProofs(service, user.email);
    service.clock.advance(MINUTE);
    await resendCode(service, { email: user.email });
    expect((await followLink(service, first?.link as string)).status).toBe(200);
    expect(await addressState(service, user.email)).toEqual(ACTIVE);
  });

  it('is found where it was asked for, not where the account registered', async () => {
    const [home, away] = [await newApplication(service), await newApplication(service)];
    const user = await channelUser(service, { headers: home });
    service.clock.advance(MINUTE);
    await resendCode(service, { email: user.email, headers: away });
    const code = await mailedCode(service, user.email);
    expect((await enterCode(service, code, { headers: home })).status).toBe(400);
    expect((await enterCode(service, code, { headers: away })).status).toBe(200);
  });

  it('answers alike whatever the address is, and writes and mails where one awaits it alone', async () => {
    const [pending, done] = [await channelUser(service), await verified()];
    service.clock.advance(MINUTE);
    const unknown = `${freshName()}@example.com`;
    const mails = (await mailsTo(service, done.email)).length;
    const before = await storedState(service.database);
    const quiet = [
      await resendCode(service, { email: unknown }),
      await resendCode(service, { email: done.email }),
      await resendCode(service, { token: done.token }),
      await resendCode(service, {}),
    ];
    expect(await storedState(service.database)).toEqual(before);
    const loud = await resendCode(service, { email: pending.email });
    for (const answer of [...quiet, loud]) {
      expect({ status: answer.status, json: answer.json }).toEqual({ status: 200, json: ON_ITS_WAY });
      expect(Object.keys(answer.headers).sort()).toEqual(Object.keys(loud.headers).sort());
    }
    expect(await mailsTo(service, unknown)).toEqual([]);
    expect(await mailsTo(service, done.email)).toHaveLength(mails);
    expect(await mailsTo(service, pending.email)).toHaveLength(2);
  });

  it('goes to the address on file, as it stands there, and to nobody else', async () => {
    const name = freshName();
    const user = await channelUser(service, { email: `${name}@Example.com` });
    service.clock.advance(MINUTE);
    await resendCode(service, { email: ` ${name.toUpperCase()}@EXAMPLE.COM ` });
    const rows = await service.database.query<{ recipient: string }>(
      'SELECT recipient FROM mails WHERE lower(recipient) LIKE $1',
      [`%${name}%`],
    );
    expect(rows.map(({ recipient }) => recipient)).toEqual([user.email, user.email]);
  });

  it('the Bearer token decides where an address is sent too', async () => {
    const [one, other] = [await channelUser(service), await channelUser(service)];
    service.clock.advance(MINUTE);
    await resendCode(service, { token: one.token, email: other.email });
    expect(await mailsTo(service, one.email)).toHaveLength(2);
    expect(await mailsTo(service, other.email)).toHaveLength(1);
  });

  it('a Bearer token that is not valid is 401 and mails nothing', async () => {
    const user = await channelUser(service);
    service.clock.advance(MINUTE);
    expect((await resendCode(service, { email: user.email, token: `${user.token}x` })).status).toBe(401);
    expect(await mailsTo(service, user.email)).toHaveLength(1);
  });

  it('20 codes a day over registration and resends: then mails have the link alone', async () => {
    const username = freshName();
    const user = { email: `${username}@example.com` };
    expect((await camel.register(service.url, { username, email: user.email })).status).toBe(201);
    const resend = async () => {
      service.clock.advance(MINUTE);
      expect((await resendCode(service, user)).json).toEqual(ON_ITS_WAY);
    };
    for (let count = 1; count < 20; count++) await resend();
    const codes = (await mailedProofs(service, user.email)).map(({ code }) => code);
    expect(codes).toHaveLength(20);
    expect(codes.every((code) => code !== undefined)).toBe(true);

    await resend();
    const [last] = await mailedProofs(service, user.email);
    expect(last?.code).toBeUndefined();
    expect(await storedCodes(service, user.email)).toHaveLength(20);
    // the newest code there is still works, as does the link of a mail without one
    expect((await followLink(service, last?.link as string)).status).toBe(200);
    expect(await addressState(service, user.email)).toEqual(ACTIVE);
  });

  it('the 20 are counted anew a day after the first, and none is handed out before', async () => {
    const user = await channelUser(service);
    for (let count = 1; count < 20; count++) {
      service.clock.advance(MINUTE);
      await resendCode(service, { email: user.email });
    }
    service.clock.advance(DAY - 19 * MINUTE - 5_000);
    await resendCode(service, { email: user.email });
    expect((await mailedProofs(service, user.email))[0]?.code).toBeUndefined();
    service.clock.advance(MINUTE);
    await resendCode(service, { email: user.email });
    const code = await mailedCode(service, user.email);
    expect((await enterCode(service, code, { email: user.email })).status).toBe(200);
  });

  it.each(['the code', 'the link'])(
    'a resend that waits behind the use of %s mails nothing, and leaves nothing that could be used',
    async (what) => {
      const user = await channelUser(service);
      const [proof] = await mailedProofs(service, user.email);
      service.clock.advance(MINUTE);
      const lock = await holdLock(service.database, 'SELECT FROM users WHERE email = $1 FOR UPDATE', [
        user.email,
      ]);
      const use =
        what === 'the code'
          ? enterCode(service, proof?.code as string, { email: user.email })
          : followLink(service, proof?.link as string);
      await lock.untilWaiting(1);
      const resend = resendCode(service, { email: user.email });
      await lock.untilWaiting(2);
      await lock.release();
      expect((await use).status).toBe(200);
      expect(await resend).toMatchObject({ status: 200, json: ON_ITS_WAY });
      expect(await mailsTo(service, user.email)).toHaveLength(1);
      const [outstanding] = await service.database.query(
        `SELECT count(*)::int FROM one_time_secrets s JOIN users u ON u.id = s.user_id
         WHERE u.email = $1 AND s.used_at IS NULL AND s.voided_at IS NULL`,
        [user.email],
      );
      expect(outstanding).toEqual({ count: 0 });
    },
  );

  it('the use of a code that waits behind a resend is refused: the resend voided it', async () => {
    const user = await channelUser(service);
    const code = await mailedCode(service, user.email);
    service.clock.advance(MINUTE);
    const lock = await holdLock(service.database, 'SELECT FROM users WHERE email = $1 FOR UPDATE', [
      user.email,
    ]);
    const resend = resendCode(service, { email: user.email });
    await lock.untilWaiting(1);
    const use = enterCode(service, code, { email: user.email });
    await lock.untilWaiting(2);
    await lock.release();
    expect([(await resend).status, (await use).status]).toEqual([200, 400]);
    const fresh = await mailedCode(service, user.email);
    expect((await enterCode(service, fresh, { email: user.email })).status).toBe(200);
  });
});
