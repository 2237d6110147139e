import type { Browser } from 'playwright-core';
import { describeInChromium, launchChromium, type Visit, visit } from '../support/browser.js';
import { type ForeignPage, foreignPage } from '../support/foreign-page.js';
import { type Answer, bearer } from '../support/http.js';
import { freshName } from '../support/open-account.js';
import { type Service, startService } from '../support/start-service.js';

interface Fetched {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly json: Answer['json'];
}

const APPLICATION = { 'Api-Token': 'dev-api-token', channel: 'web' };

describeInChromium('a front end on another origin', () => {
  let service: Service;
  let closed: Service;
  let browser: Browser;
  let frontEnd: ForeignPage;
  let seen: Visit;
  beforeAll(async () => {
    [service, closed, browser, frontEnd] = await Promise.all([
      startService({ env: { LOCKOUT_ATTEMPTS: '2' } }),
      startService({ env: { CORS_ORIGINS: 'https://app.example.com' } }),
      launchChromium(),
      foreignPage(),
    ]);
    seen = await visit(browser);
    await seen.page.goto(frontEnd.url);
  });
  afterAll(async () => {
    frontEnd?.close();
    await browser?.close();
    await Promise.all([service?.stop(), closed?.stop()]);
  });

  /** What a script of the page gets to see; undefined where the browser keeps the answer from it. */
  const fetched = (
    method: string,
    path: string,
    { headers = {}, body, from = service }: { headers?: object; body?: unknown; from?: Service } = {},
  ): Promise<Fetched | undefined> =>
    seen.page.evaluate(
      async ([url, init]) => {
        const answer = await fetch(url, init).catch(() => undefined);
        if (!answer) return undefined;
        const json: unknown = await answer.json().catch(() => undefined);
        return { status: answer.status, headers: Object.fromEntries(answer.headers), json };
      },
      [
        from.url + path,
        {
          method,
          headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        },
      ] as const,
    );

  const registered = async (from = service) => {
    const [email, password] = [`${freshName()}@example.com`, 'correct horse battery'];
    const body = { firstName: 'Ada', lastName: 'L', email, password, passwordConfirmation: password };
    const answer = await fetched('POST', '/api/auth/register', { headers: APPLICATION, body, from });
    return { email, password, answer };
  };

  it('registers with Api-Token and channel, and reads a page of sessions with its Link', async () => {
    const { email, password, answer } = await registered();
    expect(answer?.status).toBe(201);
    const login = await fetched('POST', '/api/auth/login', {
      headers: APPLICATION,
      body: { email, password },
    });
    const headers = bearer(login?.json.data.token);
    const verified = await fetched('PUT', '/v1/auth/token/verify', { headers });
    const path = `/v1/sessions/users/${verified?.json.user_id}?per_page=1`;
    const sessions = await fetched('GET', path, { headers });
    expect(sessions?.json).toMatchObject({ total: 2 });
    expect(sessions?.headers.link).toContain('rel="next"');
  });

  it('refreshes by Authorization and Refresh-Token', async () => {
    const body = { email: 'admin@gatehouse.localhost', password: 'gatehouse-admin' };
    const opened = await fetched('POST', '/jsend/api/auth/login', { body });
    const { jwtToken, refreshToken } = opened?.json.data ?? {};
    const headers = { ...bearer(jwtToken), 'Refresh-Token': refreshToken };
    const refreshed = await fetched('POST', '/jsend/api/auth/refresh_token', { headers });
    expect(refreshed?.status).toBe(200);
    expect(refreshed?.json.refreshToken).toEqual(expect.any(String));
    expect(refreshed?.json.refreshToken).not.toBe(refreshToken);
  });

  it('reads why a token was refused', async () => {
    const refused = await fetched('PUT', '/v1/auth/token/verify', { headers: bearer('no.such.token') });
    expect(refused?.status).toBe(401);
    expect(refused?.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
  });

  it('reads how long an account is locked', async () => {
    const { email } = await registered();
    const guess = () =>
      fetched('POST', '/api/auth/login', {
        headers: APPLICATION,
        body: { email, password: 'a wrong guess' },
      });
    await guess();
    await guess();
    const locked = await guess();
    expect(locked?.status).toBe(423);
    expect(Number(locked?.headers['retry-after'])).toBeGreaterThan(0);
  });

  it.each([
    ['an unknown route', 'POST', '/api/v1/auth/nothing', 404],
    ['an unknown route of nobody', 'DELETE', '/nothing', 404],
    ['a wrong method', 'DELETE', '/api/v1/auth/login', 405],
    ['a missing Api-Token', 'POST', '/channel/api/auth/login', 401],
  ])('reads the refusal of %s', async (_, method, path, status) => {
    const answer = await fetched(method, path, { headers: { 'X-Request-Id': 'front-end-1' }, body: {} });
    expect(answer?.status).toBe(status);
    expect(answer?.json).toEqual(expect.any(Object));
    expect(answer?.headers['x-request-id']).toBe('front-end-1');
  });

  it('is told nothing where CORS_ORIGINS does not name its origin', async () => {
    const { email, answer } = await registered(closed);
    expect(answer).toBeUndefined();
    // not even the request got through: the preflight kept it
    const known = await closed.database.query(`SELECT 1 FROM users WHERE email = '${email}'`);
    expect(known).toEqual([]);
    expect(await fetched('GET', '/health/live', { from: closed })).toBeUndefined();
    expect((await fetched('GET', '/health/live'))?.status).toBe(200);
  });
});
