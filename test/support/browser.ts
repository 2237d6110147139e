import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const found = existsSync(EXECUTABLE);
const missing = `there is no Chromium at ${EXECUTABLE}: apt-get install chromium, or set CHROMIUM_PATH`;

/** `describe`, where there is a Chromium. Elsewhere its tests are skipped, aloud; in CI they fail. */
export function describeInChromium(name: string, tests: () => void): void {
  if (!found && process.env.CI !== 'true') {
    process.stderr.write(`\nBROWSER TESTS SKIPPED (${name}): ${missing}\n\n`);
    describe.skip(name, tests);
    return;
  }
  describe(name, () => {
    if (!found) {
      it('has a Chromium', () => {
        throw new Error(missing);
      });
      return;
    }
    tests();
  });
}

/** A browser for the whole suite; its pages are closed with it. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: EXECUTABLE, args: ARGS, chromiumSandbox: false });

/** A window of its own, without cookies or cache of others, and what happened in it. */
export interface Visit {
  readonly page: Page;
  /** Every address that anything in the window asked for. */
  readonly requested: string[];
  /** What a developer would see in red: errors on the console, refusals by the content security policy included. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export const PHONE = { width: 360, height: 740 };

export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const requested: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requested.push(request.url()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return { page, requested, complaints, close: () => context.close() };
}

/** By how many pixels a page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  // by the layout, since it is asked of pages without JavaScript too; against the window that was asked for, since a
  // phone's layout widens with its content
  const session = await page.context().newCDPSession(page);
  const { cssContentSize } = await session.send('Page.getLayoutMetrics');
  await session.detach();
  return cssContentSize.width - (page.viewportSize()?.width ?? 0);
}

/** Does what leads to another page, and waits until that one is there. */
export async function toNextPage(page: Page, act: () => Promise<void>): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), act()]);
}

/** The sentence that a page is headed by. */
export const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();
