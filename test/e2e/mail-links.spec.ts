import { Clients } from '@gatehouse/clients';
import { askChannel, channelUser, mailsTo } from '../support/channel-user.js';
import { send } from '../support/http.js';
import { freshName } from '../support/open-account.js';
import { type Service, startService } from '../support/start-service.js';

const PUBLIC = 'https://auth.example.com/gatehouse';
const SECRET = '[\\w-]{43}';

let service: Service;
beforeAll(async () => {
  service = await startService({ env: { PUBLIC_URL: PUBLIC } });
});
afterAll(() => service.stop());

/** All links of both forms of all mails to an address: the newest mail's first, each once. */
async function linksTo(email: string): Promise<string[]> {
  const mails = await mailsTo(service, email);
  const links = mails.map(({ text, html }) => [
    ...(text.match(/https?:\/\/\S+/g) ?? []),
    ...[...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&#38;', '&')),
  ]);
  return links.flatMap((each) => [...new Set(each)]);
}

/** Everything by which a request could claim to have come to another host. */
const SPOOFED = {
  host: 'evil.example',
  origin: 'https://evil.example',
  referer: 'https://evil.example/page',
  forwarded: 'host=evil.example;proto=http',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  'x-forwarded-port': '666',
  'x-forwarded-prefix': '/evil',
  'x-original-url': 'https://evil.example/',
};

describe('the links in mails', () => {
  it.each([
    ['as they come', {}],
    ['with spoofed headers', SPOOFED],
  ])('lead to PUBLIC_URL, for requests %s', async (_, headers) => {
    const { email } = await channelUser(service, { headers });
    await askChannel(service, 'forgot-password', { email }, headers);
    const links = await linksTo(email);
    expect(links).toEqual([
      expect.stringMatching(new RegExp(`^${PUBLIC}/reset-password\\?token=${SECRET}$`)),
      expect.stringMatching(new RegExp(`^${PUBLIC}/api/v1/auth/verify-email/${SECRET}$`)),
    ]);
    expect(JSON.stringify(await mailsTo(service, email))).not.toMatch(/evil|666/);
  });

  it('lead to PUBLIC_URL for camel and the pages too, whatever the request says', async () => {
    const username = freshName();
    const email = `${username}@example.com`;
    const body = { username, email, password: 'correct horse battery' };
    await send('POST', `${service.url}/camel/api/v1/auth/register`, { body, headers: SPOOFED });
    await send('POST', `${service.url}/camel/api/v1/auth/password-reset`, {
      body: { email },
      headers: SPOOFED,
    });
    const token = (await linksTo(email))[1]?.split('/').pop();
    service.clock.advance(61_000);
    await send('POST', `${service.url}/pages/verify-email/resend`, {
      headers: { ...SPOOFED, 'content-type': 'application/x-www-form-urlencoded' },
      body: `token=${token}`,
    });
    const links = await linksTo(email);
    expect(links).toHaveLength(3);
    expect(links.filter((link) => !link.startsWith(`${PUBLIC}/`))).toEqual([]);
  });

  it('lead to the bases of the application that asked', async () => {
    const { secret } = await service.nest.get(Clients, { strict: false }).create({
      name: 'app with a front end',
      kind: 'public',
      channels: ['web'],
      scopes: [],
      verifyEmailUrl: 'https://app.example.com/verified?lang=en&from=mail',
      passwordResetUrl: 'https://app.example.com/reset#/form',
    });
    const own = { 'api-token': secret };
    const { email } = await channelUser(service, { headers: { ...SPOOFED, ...own } });
    await askChannel(service, 'forgot-password', { email }, { ...SPOOFED, ...own });
    service.clock.advance(61_000);
    await askChannel(service, 'resend-verification', { email }, own);
    expect(await linksTo(email)).toEqual([
      expect.stringMatching(
        new RegExp(`^https://app\\.example\\.com/verified\\?lang=en&from=mail&token=${SECRET}$`),
      ),
      expect.stringMatching(new RegExp(`^https://app\\.example\\.com/reset\\?token=${SECRET}#/form$`)),
      expect.stringMatching(
        new RegExp(`^https://app\\.example\\.com/verified\\?lang=en&from=mail&token=${SECRET}$`),
      ),
    ]);

    // another application's request for the same account has that one's
    await askChannel(service, 'forgot-password', { email });
    expect((await linksTo(email))[0]).toMatch(new RegExp(`^${PUBLIC}/reset-password\\?token=`));
  });

  it('lead to PASSWORD_RESET_URL where there is one', async () => {
    const other = await startService({ env: { PASSWORD_RESET_URL: 'https://www.example.com/new-password' } });
    try {
      const { email } = await channelUser(other);
      await askChannel(other, 'forgot-password', { email });
      expect((await mailsTo(other, email))[0]?.text).toMatch(
        new RegExp(`\nhttps://www\\.example\\.com/new-password\\?token=${SECRET}\n`),
      );
    } finally {
      await other.stop();
    }
  });
});
