import type { Browser, Page } from 'playwright-core';
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
import { accountStatus, channelUser, mailedLink, mailsTo } from '../support/channel-user.js';
import { serveAtPublicUrl } from '../support/served-publicly.js';
import type { Service } from '../support/start-service.js';

const DAY = 86_400_000;

describeInChromium('an address verified by a link from the mailbox', () => {
  let service: Service;
  let browser: Browser;
  let seen: Visit;
  beforeAll(async () => {
    const env = { THROTTLE: 'true' };
    [service, browser] = await Promise.all([serveAtPublicUrl({ env }), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  afterEach(() => seen.close());

  const mailbox = (page: Page, email: string) =>
    page.goto(`${service.url}/dev/mailbox?to=${encodeURIComponent(email)}`);
  const newestLink = (page: Page) =>
    page.getByRole('article').first().getByRole('link', { name: '/api/v1/auth/verify-email/' });

  it.each([
    ['without JavaScript', false],
    ['with JavaScript', true],
  ])('is ACTIVE from then on, %s', async (_, javaScriptEnabled) => {
    const user = await channelUser(service);
    expect(await accountStatus(service, user)).toBe('PENDING');
    seen = await visit(browser, { javaScriptEnabled });
    const { page, requested, complaints } = seen;
    await mailbox(page, user.email);
    await toNextPage(page, () => newestLink(page).click());
    expect(await heading(page)).toBe('Your e-mail address is verified');
    expect(await accountStatus(service, user)).toBe('ACTIVE');

    await toNextPage(page, async () => void (await page.reload()));
    expect(await heading(page)).toBe('Your e-mail address is verified');
    expect(requested.filter((url) => !url.startsWith(`${service.url}/`))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is mailed another link by the page that a stale one leads to, once a minute', async () => {
    const user = await channelUser(service);
    service.clock.advance(DAY + 1_000);
    seen = await visit(browser, { javaScriptEnabled: false, viewport: PHONE });
    const { page } = seen;
    await page.goto(await mailedLink(service, user.email));
    expect(await heading(page)).toBe('This link does not work any more');
    expect(await overflow(page)).toBe(0);
    await toNextPage(page, () => page.getByRole('button', { name: 'Mail me another one' }).click());
    expect(await heading(page)).toBe('Look into your mailbox');
    expect(await overflow(page)).toBe(0);
    await toNextPage(page, async () => void (await page.goBack()));
    await toNextPage(page, () => page.getByRole('button', { name: 'Mail me another one' }).click());
    expect(await mailsTo(service, user.email)).toHaveLength(2);
    expect(await accountStatus(service, user)).toBe('PENDING');

    await mailbox(page, user.email);
    await toNextPage(page, () => newestLink(page).click());
    expect(await heading(page)).toBe('Your e-mail address is verified');
    expect(await overflow(page)).toBe(0);
    expect(await accountStatus(service, user)).toBe('ACTIVE');
  });

  it('shows what is in a made-up link as text', async () => {
    seen = await visit(browser);
    const { page, complaints } = seen;
    const hostile = `"><img src=x onerror="document.title='owned'"><b>'&amp;`;
    await page.goto(`${service.url}/api/v1/auth/verify-email/${encodeURIComponent(hostile)}`);
    expect(await page.locator('input[name=token]').inputValue()).toBe(hostile);
    expect(await page.locator('img, b').count()).toBe(0);
    await toNextPage(page, () => page.getByRole('button').click());
    expect(await heading(page)).toBe('Look into your mailbox');
    // the browser's own line about the answer's status
    expect(complaints.filter((line) => !line.includes('status of 400'))).toEqual([]);
  });

  it('works below another path too, as it is behind some proxies', async () => {
    const user = await channelUser(service);
    const { pathname } = new URL(await mailedLink(service, user.email));
    service.clock.advance(DAY + 1_000);
    seen = await visit(browser, { javaScriptEnabled: false });
    const { page } = seen;
    await page.goto(`${service.url}/pages${pathname}`);
    await toNextPage(page, () => page.getByRole('button', { name: 'Mail me another one' }).click());
    expect(page.url()).toBe(`${service.url}/pages/verify-email/resend`);
    expect(await mailsTo(service, user.email)).toHaveLength(2);
  });
});
