import {
  type LoggedOutReason,
  memoryStore,
  RefreshFailed,
  type Tokens,
  type TokenStore,
} from '@gatehouse/client';
import { createClient as createCamelClient } from '@gatehouse/client/camel';
import { createClient as createChannelClient } from '@gatehouse/client/channel';
import { createClient as createJsendClient } from '@gatehouse/client/jsend';
import { refreshesAt } from '../../support/front-ends.js';
import { type OpenAccount, openAccount } from '../../support/open-account.js';
import { type Service, startService } from '../../support/start-service.js';

const HOUR_MS = 3_601_000;

describe('a session whose refresh does not go as planned', () => {
  let service: Service;
  beforeAll(async () => {
    // off by default: a new password needs a login that is not long ago
    service = await startService({ env: { REAUTHENTICATION_WINDOW: '5m' } });
  });
  afterAll(() => service?.stop());

  /** A page of `camel` whose requests pass through `fetch`, with an access token that has expired. */
  const expired = async (fetch?: (request: Request) => Promise<Response>, store = memoryStore()) => {
    const person = await openAccount(service);
    const told: LoggedOutReason[] = [];
    const page = createCamelClient({
      baseUrl: service.url,
      store,
      onLoggedOut: (reason) => told.push(reason),
      ...(fetch && { fetch }),
    });
    await store.save(person.camel);
    service.clock.advance(HOUR_MS);
    return { person, page, told, store };
  };

  const isRefresh = ({ url }: Request) => url.endsWith('/refresh');

  it('sends a body again that the first try had sent', async () => {
    const { person, page } = await expired();
    const body = { currentPassword: person.password, newPassword: 'another horse battery' };
    const { response } = await page.PUT('/api/v1/auth/change-password', { body });
    expect(response.status).toBe(200);
    const login = { username: person.username, password: body.newPassword };
    expect((await page.POST('/api/v1/auth/login', { body: login })).response.status).toBe(200);
  });

  it('fails as the refresh did where that is answered 503, and keeps the tokens', async () => {
    let isBusy = true;
    const busy = () =>
      new Response('{"timestamp":"2026-01-01T00:00:00Z","status":503,"message":"Busy"}', {
        status: 503,
        headers: { 'Retry-After': '2', 'Content-Type': 'application/json' },
      });
    const { page, told, person } = await expired((request) =>
      isBusy && isRefresh(request) ? Promise.resolve(busy()) : fetch(request),
    );
    const calls = Array.from({ length: 20 }, () => page.GET('/api/v1/auth/profile'));
    for (const { response, error } of await Promise.all(calls)) {
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
      expect(error).toMatchObject({ message: 'Busy' });
    }
    await expect(page.session.refresh()).rejects.toThrow(RefreshFailed);
    expect(await page.session.tokens()).toEqual(person.camel);
    isBusy = false;
    expect((await page.GET('/api/v1/auth/profile')).response.status).toBe(200);
    expect(told).toEqual([]);
  });

  it('fails as the refresh did where the network does, and keeps the tokens', async () => {
    let isCut = true;
    const { page, told, person } = await expired((request) =>
      isCut && isRefresh(request) ? Promise.reject(new TypeError('fetch failed')) : fetch(request),
    );
    await expect(page.GET('/api/v1/auth/profile')).rejects.toThrow('fetch failed');
    expect(await page.session.tokens()).toEqual(person.camel);
    isCut = false;
    expect((await page.GET('/api/v1/auth/profile')).response.status).toBe(200);
    expect(told).toEqual([]);
  });

  it('retries once: a token that is refused although it is new is not refreshed again', async () => {
    let profiles = 0;
    const { page, told } = await expired((request) => {
      if (isRefresh(request)) return fetch(request);
      profiles++;
      const headers = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
      return Promise.resolve(new Response('{}', { status: 401, headers }));
    });
    const before = refreshesAt(service, 'camel');
    expect((await page.GET('/api/v1/auth/profile')).response.status).toBe(401);
    expect([profiles, refreshesAt(service, 'camel') - before, told]).toEqual([2, 1, []]);
  });

  it('takes what another tab has kept meanwhile, where nothing keeps the two apart', async () => {
    const other = { accessToken: '', refreshToken: '' };
    const store = memoryStore();
    const { page, person } = await expired(async (request) => {
      const answer = await fetch(request);
      // the other tab refreshed in the same moment, and was quicker to keep it
      if (isRefresh(request) && answer.ok) {
        Object.assign(other, await answer.clone().json());
        await store.save({ accessToken: other.accessToken, refreshToken: other.refreshToken });
        return new Response('{}', { status: 401 });
      }
      return answer;
    }, store);
    expect((await page.GET('/api/v1/auth/profile')).response.status).toBe(200);
    const kept = await page.session.tokens();
    expect(kept?.refreshToken).toBe(other.refreshToken);
    expect(kept?.accessToken).not.toBe(person.camel.accessToken);
  });

  it("does not repeat one person's call in the name of another who has logged in meanwhile", async () => {
    const other = await openAccount(service);
    const store = memoryStore();
    const names: string[] = [];
    const { page, told } = await expired(async (request) => {
      names.push(request.headers.get('Authorization') ?? '');
      const answer = await fetch(request);
      await store.save(other.camel);
      return answer;
    }, store);
    expect((await page.GET('/api/v1/auth/profile')).response.status).toBe(401);
    expect(names).toHaveLength(1);
    expect(told).toEqual(['replaced']);
    expect(await page.session.tokens()).toEqual(other.camel);
  });

  it('is not logged out by an Api-Token that is not valid any more', async () => {
    const person = await openAccount(service);
    const told: LoggedOutReason[] = [];
    const page = createChannelClient({
      baseUrl: service.url,
      apiToken: 'withdrawn',
      channel: 'web',
      store: holding(person.channel),
      onLoggedOut: (reason) => told.push(reason),
    });
    service.clock.advance(HOUR_MS);
    const answer = await page.session.fetch(`${service.url}/token/v1/auth/token/verify`, { method: 'PUT' });
    expect([answer.status, await answer.json()]).toEqual([
      401,
      { statusCode: 401, message: 'Invalid Api-Token' },
    ]);
    expect(await page.session.tokens()).toEqual(person.channel);
    expect(told).toEqual([]);
  });

  it('keeps the pair that a new password brings, though other calls are refused with the old one meanwhile', async () => {
    const person = await openAccount(service);
    const told: LoggedOutReason[] = [];
    const refreshes: Promise<Response>[] = [];
    const meanwhile: Promise<{ response: Response }>[] = [];
    let refused = () => undefined as void;
    const page = createJsendClient({
      baseUrl: service.url,
      store: holding(person.jsend),
      onLoggedOut: (reason) => told.push(reason),
      fetch: async (request) => {
        const answering = fetch(request);
        if (request.url.endsWith('/refresh_token')) refreshes.push(answering);
        const answer = await answering;
        if (answer.status === 401) refused();
        if (request.method !== 'PUT') return answer;
        // the old pair is dead, and the page does not have the new one yet: another call, and whatever it leads to
        const isRefused = new Promise<void>((resolve) => (refused = resolve));
        meanwhile.push(page.GET('/api/auth/get_user'));
        await isRefused;
        await new Promise((resolve) => setImmediate(resolve));
        await Promise.all(refreshes);
        return answer;
      },
    });
    const reset = await page.PUT('/api/auth/reset_password', { body: { password: 'another horse battery' } });
    expect(reset.response.status).toBe(200);
    expect((await Promise.all(meanwhile)).map(({ response }) => response.status)).toEqual([200]);
    expect((await page.GET('/api/auth/get_user')).response.status).toBe(200);
    expect(told).toEqual([]);
  });

  it('does not refresh for a 401 that asks for the password, and stays logged in', async () => {
    const person = await openAccount(service);
    const page = createJsendClient({ baseUrl: service.url, store: holding(person.jsend) });
    service.clock.advance(HOUR_MS);
    expect((await page.GET('/api/auth/get_user')).response.status).toBe(200);
    const before = refreshesAt(service, 'jsend');
    const reset = await page.PUT('/api/auth/reset_password', { body: { password: 'another horse battery' } });
    expect([reset.response.status, refreshesAt(service, 'jsend') - before]).toEqual([401, 0]);
    expect((await page.GET('/api/auth/get_user')).response.status).toBe(200);
  });

  it('works with a store that takes its time, and is told of a logout once', async () => {
    const { page, told } = await expired(undefined, slow(memoryStore()));
    const before = refreshesAt(service, 'camel');
    const calls = Array.from({ length: 20 }, () => page.GET('/api/v1/auth/profile'));
    expect((await Promise.all(calls)).every(({ response }) => response.ok)).toBe(true);
    expect(refreshesAt(service, 'camel') - before).toBe(1);
    let isOver = false;
    const logout = page.POST('/api/v1/auth/logout').finally(() => (isOver = true));
    // somebody looks all the time, while the tokens are being forgotten too
    while (!isOver) await page.session.tokens();
    expect((await logout).response.status).toBe(200);
    expect(told).toEqual(['logged_out']);
  });

  it('sends its tokens to no stranger, and to a named API', async () => {
    const person: OpenAccount = await openAccount(service);
    const sent: (string | null)[] = [];
    const page = createCamelClient({
      baseUrl: service.url,
      store: holding(person.camel),
      apis: ['https://api.example.com'],
      fetch: (request) => {
        sent.push(request.headers.get('Authorization'));
        return Promise.resolve(new Response('{}'));
      },
    });
    await expect(page.session.fetch('https://elsewhere.example.com/')).rejects.toThrow(TypeError);
    await page.session.fetch('https://api.example.com/orders');
    expect(sent).toEqual([`Bearer ${person.camel.accessToken}`]);
  });
});

/** A store that has these tokens from the start. */
function holding(tokens: Tokens): TokenStore {
  const store = memoryStore();
  void store.save(tokens);
  return store;
}

/** The same store, whose answers come later. */
const slow = (store: TokenStore): TokenStore => {
  const soon = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    load: () => soon().then(() => store.load()),
    save: (tokens) => soon().then(() => store.save(tokens)),
    clear: () =>
      soon()
        .then(() => store.clear())
        .then(soon),
  };
};
