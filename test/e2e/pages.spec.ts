import { accountStatus, askChannel, channelUser, mailedLink, mailsTo } from '../support/channel-user.js';
import { expectPage } from '../support/html-page.js';
import { type Answer, send } from '../support/http.js';
import { type Service, startService } from '../support/start-service.js';
import { testDatabase } from '../support/test-database.js';

const DAY = 86_400_000;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
/** What browsers send with a navigation. */
const BROWSER = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
};

let service: Service;
beforeAll(async () => {
  service = await startService({ env: { THROTTLE: 'true', THROTTLE_MAIL_NETWORK: 'off' } });
});
afterAll(() => service.stop());

const browse = (path: string, method = 'GET', headers: object = BROWSER): Promise<Answer> =>
  send(method, service.url + path, { headers: { ...headers } });
const linkPath = async (email: string): Promise<string> => new URL(await mailedLink(service, email)).pathname;
const resend = (body: string): Promise<Answer> =>
  send('POST', `${service.url}/verify-email/resend`, { headers: FORM, body });

describe('a verification link', () => {
  it('is a page to a browser and JSON to a program, which mean the same', async () => {
    const [one, other] = [await channelUser(service), await channelUser(service)];
    expectPage(await browse(await linkPath(one.email)), 200, 'Your e-mail address is verified');
    const { status, headers } = await browse(await linkPath(other.email), 'GET', { accept: '*/*' });
    expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('application/json')]);
    for (const user of [one, other]) expect(await accountStatus(service, user)).toBe('ACTIVE');
  });

  it.each(['xyz', '%00', '%3Cscript%3E', 'a'.repeat(1_000), '%F0%9F%94%91'])(
    'that is none offers another mail: %s',
    async (token) => {
      const answer = await browse(`/api/v1/auth/verify-email/${token}`);
      expectPage(answer, 400, 'This link does not work any more');
      expect(answer.text).not.toContain('<script');
      expectPage(await resend(`token=${token}`), 200, 'Look into your mailbox');
    },
  );

  it('mails another one for as long as the address is not verified, one a minute', async () => {
    const user = await channelUser(service);
    const old = (await linkPath(user.email)).split('/').pop();
    const mails = async () => (await mailsTo(service, user.email)).length;
    await resend(`token=${old}`);
    expect(await mails()).toBe(1);
    service.clock.advance(DAY + 1);
    await resend(`token=${old}`);
    await resend(`token=${old}`);
    expect(await mails()).toBe(2);
    expectPage(await browse(await linkPath(user.email)), 200, 'Your e-mail address is verified');
    service.clock.advance(DAY);
    expectPage(await resend(`token=${old}`), 200, 'Look into your mailbox');
    expect(await mails()).toBe(2);
  });

  it.each([
    ['nothing', ''],
    ['a list', 'token[]=x'],
    ['a reset link', 'RESET'],
    ['U+0000', 'token=%00'],
  ])('asking for another one tells nothing: %s', async (_, body) => {
    const { email } = await channelUser(service);
    await askChannel(service, 'forgot-password', { email });
    service.clock.advance(61_000);
    const reset = new URL(await mailedLink(service, email)).searchParams.get('token');
    expectPage(await resend(body.replace('RESET', `token=${reset}`)), 200, 'Look into your mailbox');
    expect(await mailsTo(service, email)).toHaveLength(2);
  });
});

describe('a refusal on the pages is a page', () => {
  it.each([
    ['GET', '/reset-password/nothing', 404, ''],
    ['GET', '/pages', 404, ''],
    ['GET', '/verify-email/resend', 405, 'POST'],
    ['PUT', '/reset-password', 405, 'GET, HEAD, POST'],
    ['DELETE', '/api/v1/auth/verify-email/x', 405, 'GET, HEAD'],
    ['GET', '/api/v1/auth/verify-email/%ED%A0%80', 400, ''],
    ['GET', '/reset-password/%', 400, ''],
  ])('%s %s: %i', async (method, path, status, allow) => {
    const answer = await browse(path, method);
    expectPage(answer, status, 'That did not work');
    expect(answer.headers.allow ?? '').toBe(allow);
  });

  it('of a link that is far too long', async () => {
    const answer = await browse(`/api/v1/auth/verify-email/${'a'.repeat(1_001)}`);
    expectPage(answer, 400, 'That did not work');
  });

  it('with the database gone too, and says when to come back', async () => {
    const database = await testDatabase();
    const other = await startService({ database });
    try {
      await database.drop();
      const answer = await send('GET', `${other.url}/reset-password?token=${'a'.repeat(43)}`);
      expectPage(answer, 503, 'This does not work right now');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    } finally {
      await other.stop();
    }
  });
});

describe('the mailbox', () => {
  it('is not shown to pages elsewhere, nor framed by them', async () => {
    const { headers } = await browse('/dev/mailbox');
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    for (const odd of [{ origin: 'https://evil.example' }, { host: 'evil.example' }]) {
      expect((await browse('/dev/mailbox', 'GET', { ...BROWSER, ...odd })).status).toBe(403);
    }
  });

  it.each(['?to=%00', '?to=%ED%A0%80', '?to[]=x', '?to=a&to=b', '?to=%20'])(
    'bears an odd filter: %s',
    async (query) => {
      for (const accept of [BROWSER.accept, 'application/json']) {
        expect((await browse(`/dev/mailbox${query}`, 'GET', { accept })).status).toBe(200);
      }
    },
  );
});
