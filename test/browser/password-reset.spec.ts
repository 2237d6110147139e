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
import {
  askChannel,
  type ChannelUser,
  channelUser,
  isAccepted,
  logInStatus,
  mailedLink,
} from '../support/channel-user.js';
import { serveAtPublicUrl } from '../support/served-publicly.js';
import type { Service } from '../support/start-service.js';

const NEW = 'a new password ünï 🔑 & <b>+%41';

describeInChromium('a password reset by a link from the mailbox', () => {
  let service: Service;
  let browser: Browser;
  let user: ChannelUser;
  let seen: Visit;
  beforeAll(async () => {
    [service, browser] = await Promise.all([serveAtPublicUrl(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  beforeEach(async () => {
    user = await channelUser(service);
    await askChannel(service, 'forgot-password', { email: user.email });
  });
  afterEach(() => seen.close());

  const openForm = async (page: Page): Promise<void> => {
    await page.goto(`${service.url}/dev/mailbox?to=${encodeURIComponent(user.email)}`);
    const mail = page.getByRole('article').filter({ hasText: 'Reset your password' });
    await toNextPage(page, () => mail.getByRole('link', { name: '/reset-password' }).click());
  };
  const submit = async (page: Page, password: string, confirmation: string): Promise<void> => {
    await page.getByLabel('New password').fill(password);
    await page.getByLabel('The same again').fill(confirmation);
    await toNextPage(page, () => page.getByRole('button', { name: 'Set the password' }).click());
  };

  it.each([
    ['without JavaScript', false],
    ['with JavaScript', true],
  ])('works from end to end %s', async (_, javaScriptEnabled) => {
    seen = await visit(browser, { javaScriptEnabled });
    const { page, requested, complaints } = seen;
    await openForm(page);
    expect(await heading(page)).toBe('Choose a new password');
    expect(page.url()).toContain('/reset-password?token=');
    await submit(page, NEW, NEW);
    expect(await heading(page)).toBe('Your password is set');
    expect(page.url()).toBe(`${service.url}/reset-password`);

    expect(await logInStatus(service, user.email, NEW)).toBe(200);
    expect(await logInStatus(service, user.email, user.password)).toBe(401);
    expect(await isAccepted(service, user.token)).toBe(false);
    expect(requested.filter((url) => !url.startsWith(`${service.url}/`))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('says what is wrong with a password, at its field, and the link is still good', async () => {
    seen = await visit(browser, { javaScriptEnabled: false });
    const { page } = seen;
    await openForm(page);
    const refused = async (reason: string) => {
      const input = page.getByLabel('New password');
      expect(await input.getAttribute('aria-invalid')).toBe('true');
      const [told] = (await input.getAttribute('aria-describedby'))?.split(' ') ?? [];
      expect(await page.locator(`#${told}`).innerText()).toBe(reason);
      expect(await page.title()).toBe(`Not yet: ${reason}`);
      expect(await page.locator(':focus').getAttribute('name')).toBe('password');
      expect(await page.content()).not.toContain('short12');
    };
    await submit(page, 'short12', 'short12');
    await refused('The password must have at least 8 characters.');
    await submit(page, '', '');
    await refused('The password must have at least 8 characters.');
    await submit(page, 'x'.repeat(129), 'x'.repeat(129));
    await refused('The password must have at most 128 characters.');
    await submit(page, 'a long enough one', 'a long enough one, but another');
    await refused('The two were not the same: enter both again.');
    expect(await logInStatus(service, user.email, user.password)).toBe(200);
    expect(await isAccepted(service, user.token)).toBe(true);

    await submit(page, NEW, NEW);
    expect(await heading(page)).toBe('Your password is set');
    expect(await logInStatus(service, user.email, NEW)).toBe(200);
  });

  it('says that a used link works no more, when it is opened and when its form is sent', async () => {
    seen = await visit(browser, { javaScriptEnabled: false });
    const { page } = seen;
    const late = await page.context().newPage();
    const link = await mailedLink(service, user.email);
    await late.goto(link);
    await page.goto(link);
    await submit(page, NEW, NEW);
    await submit(late, 'another password', 'another password');
    expect(await heading(late)).toBe('This link does not work any more');
    await openForm(page);
    expect(await heading(page)).toBe('This link does not work any more');
    expect(await page.getByRole('textbox').count()).toBe(0);
    expect(await logInStatus(service, user.email, NEW)).toBe(200);
  });

  it('says so after an hour too', async () => {
    seen = await visit(browser, { javaScriptEnabled: false });
    const link = await mailedLink(service, user.email);
    service.clock.advance(3_601_000);
    await seen.page.goto(link);
    expect(await heading(seen.page)).toBe('This link does not work any more');
  });

  it('needs no mouse', async () => {
    seen = await visit(browser, { javaScriptEnabled: false });
    const { page } = seen;
    await page.goto(await mailedLink(service, user.email));
    // the page focuses its first field by itself, a moment after it has loaded
    await page.locator('input[name=password]:focus').waitFor();
    await page.keyboard.type('typed by hand');
    await page.keyboard.press('Tab');
    await page.keyboard.type('typed by hand');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Set the password');
    await toNextPage(page, () => page.keyboard.press('Enter'));
    expect(await heading(page)).toBe('Your password is set');
    expect(await logInStatus(service, user.email, 'typed by hand')).toBe(200);
  });

  it('is sent by Enter in a field', async () => {
    seen = await visit(browser, { javaScriptEnabled: false });
    const { page } = seen;
    await page.goto(await mailedLink(service, user.email));
    await page.keyboard.type('typed');
    await toNextPage(page, () => page.keyboard.press('Enter'));
    expect(await page.title()).toBe('Not yet: The password must have at least 8 characters.');
  });

  it('fits a phone, with a fault too', async () => {
    seen = await visit(browser, { viewport: PHONE, isMobile: true, hasTouch: true });
    const { page } = seen;
    await openForm(page);
    expect(await overflow(page)).toBe(0);
    await submit(page, 'short', 'short');
    expect(await overflow(page)).toBe(0);
    await submit(page, NEW, NEW);
    expect(await overflow(page)).toBe(0);
    await openForm(page);
    expect(await heading(page)).toBe('This link does not work any more');
    expect(await overflow(page)).toBe(0);
  });
});
