import { launchChromium, visit } from '../support/browser.js';
import { askChannel, channelUser, mailedLink } from '../support/channel-user.js';
import { serveAtPublicUrl } from '../support/served-publicly.js';
it('shots', async () => {
  const dir = process.env.SHOTS as string;
  const service = await serveAtPublicUrl();
  const browser = await launchChromium();
  for (const [kind, options] of [['desk', { viewport: { width: 1000, height: 700 } }], ['phone', { viewport: { width: 360, height: 740 }, isMobile: true }], ['dark', { viewport: { width: 700, height: 700 }, colorScheme: 'dark' as const }]] as const) {
    const user = await channelUser(service);
    const { page, close } = await visit(browser, options);
    const shot = (name: string, fullPage = false) => page.screenshot({ path: `${dir}/${kind}-${name}.png`, fullPage });
    await page.goto(await mailedLink(service, user.email)); await shot('verified');
    await askChannel(service, 'forgot-password', { email: user.email });
    await page.goto(`${service.url}/dev/mailbox`);
    await page.getByText('As HTML').first().click();
    await page.waitForTimeout(300);
    await shot('mailbox', true);
    await page.goto(`${service.url}/dev/mailbox?to=nobody@x.org`); await shot('mailbox-empty');
    await page.goto(await mailedLink(service, user.email)); await shot('form');
    await page.getByRole('button').click(); await page.waitForTimeout(300); await shot('fault');
    await page.getByLabel('New password').fill('a good password'); await page.getByLabel('The same').fill('a good passwort');
    await page.getByRole('button').click(); await page.waitForTimeout(300); await shot('fault2');
    await page.getByLabel('New password').fill('a good password'); await page.getByLabel('The same').fill('a good password');
    await page.getByRole('button').click(); await page.waitForTimeout(300); await shot('done');
    await page.goto(await mailedLink(service, user.email).catch(() => `${service.url}/reset-password?token=x`)); await shot('stale');
    await page.goto(`${service.url}/api/v1/auth/verify-email/xyz`); await shot('stale-verify');
    await page.getByRole('button').click(); await page.waitForTimeout(300); await shot('sent');
    await page.goto(`${service.url}/reset-password/nothing`); await shot('404');
    await close();
  }
  await browser.close(); await service.stop();
}, 120000);
