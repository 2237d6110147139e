import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describeInChromium, launchChromium } from '../support/browser.js';
import { clientPage } from '../support/client-page.js';
import type { ForeignPage } from '../support/foreign-page.js';
import { refreshesAt } from '../support/front-ends.js';
import { CONTRACT_IDS, type ContractId, type OpenAccount, openAccount } from '../support/open-account.js';
import { type Service, startService } from '../support/start-service.js';

const HOUR_MS = 3_601_000;

declare const localStorage: { getItem(key: string): string | null };

/** What the page's script has put there. */
declare const frontEnd: {
  act(contract: ContractId, name: 'logIn' | 'use' | 'logOut', person?: object): Promise<number>;
  told(contract: ContractId): string[];
};

describeInChromium('the client package, in tabs of one origin', () => {
  let service: Service;
  let browser: Browser;
  let site: ForeignPage;
  let context: BrowserContext;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), launchChromium()]);
    site = await clientPage(service.url);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    await service?.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext();
    context.setDefaultTimeout(10_000);
  });
  afterEach(() => context.close());

  const tab = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(site.url);
    await page.waitForFunction(() => 'frontEnd' in globalThis);
    return page;
  };

  const act = (page: Page, contract: ContractId, name: 'use' | 'logOut'): Promise<number> =>
    page.evaluate(([id, what]) => frontEnd.act(id, what), [contract, name] as const);

  const logIn = (page: Page, contract: ContractId, person: OpenAccount): Promise<number> =>
    page.evaluate(([id, who]) => frontEnd.act(id, 'logIn', who), [contract, person] as const);

  /** Waits until a login in another tab shows here: each process has its own copy of the storage. */
  const knows = async (page: Page, contract: ContractId): Promise<void> => {
    await page.waitForFunction((key) => localStorage.getItem(key) !== null, contract);
    expect(await act(page, contract, 'use')).toBe(200);
  };

  const told = (page: Page, contract: ContractId): Promise<string[]> =>
    page.evaluate((id) => frontEnd.told(id), contract);

  /**
   * Has both tabs call with an expired token, and holds back every refresh until both have been refused: each then has
   * every reason to refresh. Gives how often the service was asked to.
   */
  const refreshesOfBoth = async (contract: ContractId, tabs: readonly Page[]): Promise<number> => {
    service.clock.advance(HOUR_MS);
    const before = refreshesAt(service, contract);
    const refused = Promise.all(
      tabs.map((page) => page.waitForResponse((answer) => answer.status() === 401)),
    );
    await context.route(/\/refresh[-_\w]*$/, async (route) => {
      await refused;
      await route.continue();
    });
    const calls = tabs.flatMap((page) => Array.from({ length: 10 }, () => act(page, contract, 'use')));
    expect(await Promise.all(calls)).toEqual(calls.map(() => 200));
    return refreshesAt(service, contract) - before;
  };

  it.each(CONTRACT_IDS)('%s: two tabs share a login, one refresh and the logout', async (contract) => {
    const [one, other] = [await tab(), await tab()];
    expect(await logIn(one, contract, await openAccount(service))).toBe(200);
    await knows(other, contract);
    expect(await refreshesOfBoth(contract, [one, other])).toBe(1);

    await one.reload();
    await one.waitForFunction(() => 'frontEnd' in globalThis);
    expect(await act(one, contract, 'use')).toBe(200);
    expect(await act(one, contract, 'logOut')).toBe(200);
    // the other tab learns of it without a call of its own
    await other.waitForFunction((id) => frontEnd.told(id).length > 0, contract);
    expect([await told(one, contract), await told(other, contract)]).toEqual([['logged_out'], ['elsewhere']]);
    expect(await act(other, contract, 'use')).toBe(401);
    expect(await told(other, contract)).toHaveLength(1);
  });

  it('takes what the other tab has got although its own view of the store is behind', async () => {
    const [one, other] = [await tab(), await tab()];
    expect(await logIn(one, 'camel', await openAccount(service))).toBe(200);
    await knows(other, 'camel');
    // as where the two are processes of their own, each with a copy of the storage
    await other.evaluate(`{
      const { getItem } = Storage.prototype;
      const before = localStorage.getItem('camel');
      let looks = 15;
      Storage.prototype.getItem = function (key) {
        const now = getItem.call(this, key);
        return key === 'camel' && now !== before && looks-- > 0 ? before : now;
      };
    }`);
    service.clock.advance(HOUR_MS);
    const before = refreshesAt(service, 'camel');
    expect(await act(one, 'camel', 'use')).toBe(200);
    expect(await act(other, 'camel', 'use')).toBe(200);
    expect(refreshesAt(service, 'camel') - before).toBe(1);
  });

  it('goes on without Web Locks: both tabs refresh, and the service gives both the same successor', async () => {
    await context.addInitScript({
      content: `Object.defineProperty(navigator, 'locks', { value: undefined })`,
    });
    const tabs = [await tab(), await tab()] as const;
    expect(await logIn(tabs[0], 'camel', await openAccount(service))).toBe(200);
    await knows(tabs[1], 'camel');
    expect(await refreshesOfBoth('camel', tabs)).toBe(2);
    for (const page of tabs) {
      expect(await act(page, 'camel', 'use')).toBe(200);
      expect(await told(page, 'camel')).toEqual([]);
    }
  });
});
