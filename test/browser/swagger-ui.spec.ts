import type { Browser, Locator, Page } from 'playwright-core';
import { describeInChromium, launchChromium, type Visit, visit } from '../support/browser.js';
import { CONTRACT_IDS, type ContractId, type OpenAccount, openAccount } from '../support/open-account.js';
import { type Service, startService } from '../support/start-service.js';

interface Tried {
  readonly status: number;
  /** As JSON; an empty string where the page shows none. */
  readonly body: string;
}

/** Which operations of a document are tried, each by its tag and its id, and what the login takes. */
interface Attempts {
  readonly login: readonly [operation: string, by: 'username' | 'email'];
  /** The access token in the login's answer. */
  readonly tokenIn: (body: never) => string;
  readonly protectedCall: string;
  readonly logout: string;
}

const ATTEMPTS: Readonly<Record<ContractId, Attempts>> = {
  token: {
    login: ['token-fresh', 'username'],
    tokenIn: (body: { access_token: string }) => body.access_token,
    protectedCall: 'token-verify',
    logout: 'token-revoke',
  },
  camel: {
    login: ['session-login', 'username'],
    tokenIn: (body: { accessToken: string }) => body.accessToken,
    protectedCall: 'account-profile',
    logout: 'session-logout',
  },
  channel: {
    login: ['session-login', 'email'],
    tokenIn: (body: { data: { token: string } }) => body.data.token,
    protectedCall: 'account-resendVerification',
    logout: 'session-logout',
  },
  jsend: {
    login: ['session-login', 'email'],
    tokenIn: (body: { data: { jwtToken: string } }) => body.data.jwtToken,
    protectedCall: 'account-getUser',
    logout: 'session-logout',
  },
  snake: {
    login: ['session-login', 'email'],
    tokenIn: (body: { data: { access_token: string } }) => body.data.access_token,
    protectedCall: 'user-getUser',
    logout: 'session-logout',
  },
};

/** What "Authorize" asks for beside the Bearer token. */
const KEYS: Partial<Record<ContractId, Readonly<Record<string, string>>>> = {
  channel: { 'Api-Token': 'dev-api-token', channel: 'web' },
};

/** Far more than it takes: the page draws each document anew, on a machine that does other things too. */
const LIMIT_MS = 60_000;

describeInChromium('Swagger UI', () => {
  let service: Service;
  let browser: Browser;
  let seen: Visit;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  beforeEach(async () => {
    seen = await visit(browser);
    await seen.page.goto(`${service.url}/swagger`);
  });
  afterEach(() => seen.close());

  /** Picks the contract's document, and waits until the page shows it. */
  async function pick(page: Page, contract: ContractId): Promise<void> {
    await page.getByLabel('Select a definition').selectOption(`/swagger/${contract}.json`);
    await page.locator(`#operations-${ATTEMPTS[contract].login[0]}`).waitFor();
  }

  /** Gives "Authorize" all that the document's security schemes ask for, in one dialog. */
  async function authorize(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
    await page.locator('.scheme-container').getByRole('button', { name: 'Authorize' }).click();
    const dialog = page.locator('.dialog-ux');
    const schemes = dialog.locator('.auth-container');
    expect(await schemes.locator('h4 code').allInnerTexts()).toEqual(Object.keys(values));
    for (const [name, value] of Object.entries(values)) {
      const scheme = schemes.filter({ has: page.locator('h4 code', { hasText: new RegExp(`^${name}$`) }) });
      await scheme.locator('input').fill(value);
      await scheme.getByRole('button', { name: 'Apply credentials' }).click();
      await scheme.getByRole('button', { name: 'Remove authorization' }).waitFor();
    }
    await dialog.locator('.close-modal').click();
  }

  async function open(page: Page, operation: string): Promise<Locator> {
    const block = page.locator(`#operations-${operation}`);
    await block.locator('.opblock-summary-control').click();
    await block.getByRole('button', { name: 'Try it out' }).click();
    return block;
  }

  async function execute(block: Locator): Promise<Tried> {
    await block.getByRole('button', { name: 'Execute' }).click();
    const answer = block.locator('.live-responses-table .response').first();
    await answer.waitFor();
    const shown = answer.locator('.response-col_description .highlight-code pre').first();
    return {
      status: Number.parseInt(await answer.locator('.response-col_status').innerText(), 10),
      body: (await shown.count()) === 0 ? '' : await shown.innerText(),
    };
  }

  const logIn = async (page: Page, contract: ContractId, person: OpenAccount): Promise<Tried> => {
    const [operation, by] = ATTEMPTS[contract].login;
    const block = await open(page, operation);
    await block
      .locator('textarea.body-param__text')
      .fill(JSON.stringify({ [by]: person[by], password: person.password }));
    return execute(block);
  };

  it.each(CONTRACT_IDS)(
    '%s: authorises, logs in, makes a call that needs it, and logs out',
    async (contract) => {
      const { page, requested, complaints } = seen;
      const { tokenIn, protectedCall, logout } = ATTEMPTS[contract];
      const person = await openAccount(service);
      await pick(page, contract);
      await authorize(page, { Bearer: person[contract].accessToken, ...KEYS[contract] });

      const login = await logIn(page, contract, person);
      expect(login).toEqual({ status: 200, body: expect.stringContaining('{') });
      expect(tokenIn(JSON.parse(login.body) as never)).toMatch(/^ey[\w-]+\.[\w-]+\.[\w-]+$/);

      const block = await open(page, protectedCall);
      const body = block.locator('textarea.body-param__text');
      if ((await body.count()) > 0) await body.fill(JSON.stringify({ email: person.email }));
      expect((await execute(block)).status).toBe(200);
      expect((await execute(await open(page, logout))).status).toBe(200);
      expect(complaints).toEqual([]);

      await block.getByRole('button', { name: 'Clear' }).click();
      expect(await execute(block)).toEqual({ status: 401, body: expect.stringContaining('{') });
      expect(complaints).toEqual([expect.stringContaining('status of 401')]);
      expect(requested.filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(service.url))).toEqual(
        [],
      );
    },
    LIMIT_MS,
  );
});
