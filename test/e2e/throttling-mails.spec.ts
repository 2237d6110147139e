import { mailsTo } from '../support/channel-user.js';
import { askChannel, channelUser } from '../support/channel-user.js';
import { addressState, enterCode, mailedCode, PENDING, resendCode } from '../support/mailed-codes.js';
import { type Answer, send } from '../support/http.js';
import { atOnce, camel, freshName } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Of the answers what a client could tell them apart by. */
const shown = ({ status, headers, json }: Answer) => ({
  status,
  headers: Object.keys(headers).sort(),
  body: { ...json, timestamp: null },
});

describe('mails to one recipient', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({
      env: {
        THROTTLE: 'true',
        ENUMERATION_PROTECTION: 'true',
        THROTTLE_MAIL_NETWORK: 'off',
        THROTTLE_REGISTER_NETWORK: 'off',
      },
    });
  });
  afterAll(() => service.stop());

  const count = async (email: string, subject: RegExp): Promise<number> =>
    (await mailsTo(service, email)).filter((mail) => subject.test(mail.subject)).length;

  /** Each way to ask for a mail, and what the mail is. */
  const ways: [string, RegExp, (email: string) => Promise<Answer>][] = [
    ['forgot-password', /Reset/, (email) => askChannel(service, 'forgot-password', { email })],
    [
      'password-reset',
      /Reset/,
      (email) => send('POST', `${service.url}/camel/api/v1/auth/password-reset`, { body: { email } }),
    ],
    ['resend-verification', /Verify/, (email) => resendCode(service, { email })],
  ];

  it.each(ways)('by %s: one a minute and five an hour, answered as if sent', async (_, subject, ask) => {
    const { email } = await channelUser(service);
    service.clock.advance(HOUR);
    const before = await count(email, subject);
    const answers: Answer[] = [];
    for (let minute = 0; minute < 8; minute++) {
      answers.push(await ask(email), await ask(email));
      service.clock.advance(MINUTE);
    }
    expect(await count(email, subject)).toBe(before + 5);
    for (const answer of answers) expect(shown(answer)).toEqual(shown(answers[0] as Answer));
    expect(answers[0]?.status).toBe(200);
    service.clock.advance(HOUR - 8 * MINUTE);
    await ask(email);
    expect(await count(email, subject)).toBe(before + 6);
  });

  it.each(ways)('by %s: an unknown address is answered alike, time after time', async (_, subject, ask) => {
    const [{ email }, unknown] = [await channelUser(service), `${freshName()}@example.com`];
    service.clock.advance(HOUR);
    for (let request = 0; request < 7; request++)
      expect(shown(await ask(unknown))).toEqual(shown(await ask(email)));
    expect(await mailsTo(service, unknown)).toEqual([]);
    expect(await count(email, subject)).toBeGreaterThan(0);
  });

  it.each(ways)('by %s: of requests at once one is mailed', async (_, subject, ask) => {
    const { email } = await channelUser(service);
    service.clock.advance(HOUR);
    const before = await count(email, subject);
    for (const { status } of await atOnce(10, () => ask(email))) expect(status).toBe(200);
    expect(await count(email, subject)).toBe(before + 1);
  });

  it('is one for every spelling of the address, and for both contracts', async () => {
    const name = freshName();
    await channelUser(service, { email: `${name}@example.com` });
    const [[, , forgot], [, , reset]] = ways as [(typeof ways)[0], (typeof ways)[0]];
    await forgot(`${name}@example.com`);
    await forgot(` ${name.toUpperCase()}@EXAMPLE.com`);
    await reset(`${name}@Example.com`);
    expect(await count(`${name}@example.com`, /Reset/)).toBe(1);
  });

  it('resets and verifications are counted each by themselves', async () => {
    const { email } = await channelUser(service);
    service.clock.advance(MINUTE);
    await askChannel(service, 'forgot-password', { email });
    await resendCode(service, { email });
    expect([await count(email, /Reset/), await count(email, /Verify/)]).toEqual([1, 2]);
  });

  it("the registration's own mail counts, by address and by token", async () => {
    const user = await channelUser(service);
    const code = await mailedCode(service, user.email);
    for (const by of ['email', 'token'] as const) {
      service.clock.advance(MINUTE / 2 - 1_000);
      expect((await resendCode(service, { [by]: user[by] })).status).toBe(200);
      expect(await count(user.email, /Verify/)).toBe(1);
    }
    service.clock.advance(2_000);
    for (let request = 0; request < 3; request++) await resendCode(service, { email: user.email });
    expect(await count(user.email, /Verify/)).toBe(2);
    expect(await mailedCode(service, user.email)).not.toBe(code);
  });

  it('who asks for mails to an address first keeps nobody from registering it, nor a refused registration the owner from a mail', async () => {
    const [username, email] = [freshName(), `${freshName()}@example.com`];
    await resendCode(service, { email });
    expect((await camel.register(service.url, { username, email })).status).toBe(201);
    expect(await addressState(service, email)).toEqual(PENDING);
    const code = await mailedCode(service, email);
    service.clock.advance(MINUTE);
    const again = { username: freshName(), email };
    expect((await camel.register(service.url, again)).status).toBe(409);
    await resendCode(service, { email });
    expect(await count(email, /Verify/)).toBe(2);
    expect((await enterCode(service, code, { email })).status).toBe(400);
    expect((await enterCode(service, await mailedCode(service, email), { email })).status).toBe(200);
  });
});
