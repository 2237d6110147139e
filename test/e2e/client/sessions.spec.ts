import { type LoggedOutReason, memoryStore } from '@gatehouse/client';
import { FRONT_ENDS, refreshesAt } from '../../support/front-ends.js';
import { bearer, send } from '../../support/http.js';
import { CONTRACT_IDS, openAccount } from '../../support/open-account.js';
import { type Service, startService } from '../../support/start-service.js';

const HOUR_MS = 3_601_000;

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

describe.each(CONTRACT_IDS)('a front end of %s', (contract) => {
  /** A page with a session, and another holder of its store; both note why they were logged out. */
  const loggedIn = async () => {
    const person = await openAccount(service);
    const store = memoryStore();
    const [told, otherTold]: [LoggedOutReason[], LoggedOutReason[]] = [[], []];
    const baseUrl = service.url;
    const page = FRONT_ENDS[contract]({ baseUrl, store, onLoggedOut: (reason) => told.push(reason) });
    expect((await page.logIn(person)).status).toBe(200);
    const other = FRONT_ENDS[contract]({ baseUrl, store, onLoggedOut: (reason) => otherTold.push(reason) });
    expect((await other.use()).status).toBe(200);
    return { person, page, other, told, otherTold };
  };

  const refreshesDuring = async (act: () => Promise<unknown>): Promise<number> => {
    const before = refreshesAt(service, contract);
    await act();
    return refreshesAt(service, contract) - before;
  };

  it('calls 200 times at once with an expired token: one refresh, 200 successes', async () => {
    const { page, told } = await loggedIn();
    const before = await page.session.tokens();
    service.clock.advance(HOUR_MS);
    const refreshes = await refreshesDuring(async () => {
      const answers = await Promise.all(Array.from({ length: 200 }, () => page.use()));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(200);
    });
    expect(refreshes).toBe(1);
    expect((await page.session.tokens())?.accessToken).not.toBe(before?.accessToken);
    expect(told).toEqual([]);
  });

  it('shares one refresh between two holders of a store', async () => {
    const { page, other } = await loggedIn();
    service.clock.advance(HOUR_MS);
    const refreshes = await refreshesDuring(async () => {
      const calls = Array.from({ length: 20 }, (_, i) => (i % 2 ? page : other).use());
      expect((await Promise.all(calls)).every(({ ok }) => ok)).toBe(true);
    });
    expect(refreshes).toBe(1);
  });

  it('is logged in until it logs out, after an hour too; then the other holder is told', async () => {
    const { page, other, told, otherTold } = await loggedIn();
    service.clock.advance(HOUR_MS);
    const tokens = await page.session.tokens();
    expect((await page.logOut()).status).toBe(200);
    expect([told, otherTold]).toEqual([['logged_out'], ['elsewhere']]);
    expect(await other.session.tokens()).toBeUndefined();
    const after = await other.use();
    expect([after.status, after.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    // told once, however often it calls
    expect(otherTold).toHaveLength(1);
    const headers = bearer(tokens?.accessToken ?? '');
    const verified = await send('PUT', `${service.url}/token/v1/auth/token/verify`, { headers });
    expect(verified.status).toBe(401);
  });

  it('is told once that its session was ended, by any number of calls', async () => {
    const { page, told, otherTold } = await loggedIn();
    const headers = bearer((await page.session.tokens())?.accessToken ?? '');
    await send('PUT', `${service.url}/token/v1/auth/token/revoke`, { headers });
    const refreshes = await refreshesDuring(async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => page.use()));
      expect(answers.every(({ status }) => status === 401)).toBe(true);
    });
    expect(refreshes).toBe(1);
    expect([told, otherTold]).toEqual([['refused'], ['elsewhere']]);
    expect(await page.session.tokens()).toBeUndefined();
  });

  it('keeps its session when somebody types a wrong password, and refreshes nothing', async () => {
    const { person, page, told } = await loggedIn();
    const refreshes = await refreshesDuring(async () => {
      expect((await page.logIn(person, 'a wrong guess')).status).toBe(401);
    });
    expect(refreshes).toBe(0);
    expect((await page.use()).status).toBe(200);
    expect(told).toEqual([]);
  });

  it('refreshes when it is told to', async () => {
    const { page } = await loggedIn();
    const before = await page.session.tokens();
    const refreshes = await refreshesDuring(async () => expect(await page.session.refresh()).toBe(true));
    expect(refreshes).toBe(1);
    expect((await page.session.tokens())?.accessToken).not.toBe(before?.accessToken);
    expect((await page.use()).status).toBe(200);
  });
});
