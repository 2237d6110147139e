import type { Browser } from 'playwright-core';
import {
  describeInChromium,
  heading,
  launchChromium,
  overflow,
  PHONE,
  toNextPage,
  type Visit,
  visit,
} from '../support/browser.js';
import { askChannel, channelUser } from '../support/channel-user.js';
import { freshName } from '../support/open-account.js';
import { serveAtPublicUrl } from '../support/served-publicly.js';
import type { Service } from '../support/start-service.js';

describeInChromium('the development mailbox', () => {
  let service: Service;
  let browser: Browser;
  let seen: Visit;
  beforeAll(async () => {
    [service, browser] = await Promise.all([serveAtPublicUrl(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  afterEach(() => seen.close());

  it('says that it is empty, then shows the newest mail first', async () => {
    seen = await visit(browser, { javaScriptEnabled: false });
    const { page } = seen;
    await page.goto(`${service.url}/dev/mailbox`);
    expect(await page.getByText('No mail yet').count()).toBe(1);
    expect(await overflow(page)).toBe(0);
    const { email } = await channelUser(service);
    await askChannel(service, 'forgot-password', { email });
    await page.reload();
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      'Reset your password',
      'Verify your e-mail address',
    ]);
    expect(await page.getByText('2 mails, newest first').count()).toBe(1);
  });

  it('shows the mails of one address, by its form and by an address in a mail', async () => {
    const [one, other] = [await channelUser(service), await channelUser(service)];
    seen = await visit(browser, { javaScriptEnabled: false });
    const { page } = seen;
    await page.goto(`${service.url}/dev/mailbox`);
    await page.getByRole('searchbox').fill(` ${one.email.toUpperCase()} `);
    await toNextPage(page, () => page.keyboard.press('Enter'));
    expect(await page.getByRole('article').count()).toBe(1);
    expect(await page.getByRole('article').innerText()).toContain(one.email);
    await toNextPage(page, () => page.getByRole('link', { name: 'Show all mails' }).click());
    await toNextPage(page, () => page.getByRole('link', { name: other.email }).click());
    expect(await heading(page)).toBe(`Mailbox of ${other.email}`);
    expect(await page.getByRole('article').count()).toBe(1);
    await page.goto(`${service.url}/dev/mailbox?to=nobody@example.com`);
    expect(await page.getByText('No mail to nobody@example.com yet').count()).toBe(1);
  });

  it('shows a mail as HTML too, whose button leads on', async () => {
    const { email } = await channelUser(service);
    seen = await visit(browser, { javaScriptEnabled: false });
    const { page, requested } = seen;
    await page.goto(`${service.url}/dev/mailbox?to=${encodeURIComponent(email)}`);
    await page.getByText('As HTML').click();
    const button = page.frameLocator('iframe').getByRole('link', { name: 'Verify my address' });
    await toNextPage(page, () => button.click());
    expect(await heading(page)).toBe('Your e-mail address is verified');
    expect(
      requested.filter((url) => !url.startsWith('about:') && !url.startsWith(`${service.url}/`)),
    ).toEqual([]);
  });

  it.each([
    ['an address in a mail', `"<img/src=x/onerror=alert(1)>${freshName()}"@example.com`],
    ['an address that is asked for', `"><img src=x onerror="document.title='owned'"><b>'&amp;`],
  ])('shows HTML in %s as text', async (kind, address) => {
    if (kind === 'an address in a mail') await channelUser(service, { email: address });
    seen = await visit(browser);
    const { page, complaints } = seen;
    for (const query of ['', `?to=${encodeURIComponent(address)}`]) {
      await page.goto(`${service.url}/dev/mailbox${query}`);
      expect(await page.locator('img, b').count()).toBe(0);
    }
    expect(await heading(page)).toBe(`Mailbox of ${address}`);
    expect(await page.getByRole('searchbox').inputValue()).toBe(address);
    expect(complaints).toEqual([]);
  });

  it('fits a phone, with an address as long as can be', async () => {
    const email = `${'a'.repeat(64)}@${`${'b'.repeat(60)}.`.repeat(2)}example.com`;
    await channelUser(service, { email });
    seen = await visit(browser, { viewport: PHONE, isMobile: true, hasTouch: true });
    const { page, complaints } = seen;
    for (const query of ['', `?to=${encodeURIComponent(email)}`, `?to=${'x'.repeat(200)}@example.com`]) {
      await page.goto(`${service.url}/dev/mailbox${query}`);
      for (const details of await page.getByText('As HTML').all()) await details.click();
      expect(await overflow(page)).toBe(0);
    }
    expect(complaints).toEqual([]);
  });
});
