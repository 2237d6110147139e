import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { eventually } from '../support/eventually.js';
import { type Exposition, scrape } from '../support/exposition.js';
import { holdLock } from '../support/held-lock.js';
import { bearer, send } from '../support/http.js';
import {
  CONTRACT_IDS,
  demandedHeaders,
  mailedCode,
  mailedResetToken,
  openAccount,
  PASSWORD,
} from '../support/open-account.js';
import { sendRaw } from '../support/raw-socket.js';
import { type Service, startService } from '../support/start-service.js';

const NAME = 'gatehouse_http_request_duration_seconds_count';

/** Something that no other request says. */
const marker = (): string => `m${randomBytes(6).toString('hex')}`;

describe('the labels of requests', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  /** Asks in every way that could make a label of what the client says; `mark` is in all of them. */
  async function attack(mark: string): Promise<void> {
    const paths = [
      `/${mark}`,
      `/${mark}/${mark}?${mark}`,
      `//${mark}`,
      `/${mark}"}%20666%0Agatehouse_${mark}%7Bx="`,
      `/%zz${mark}`,
      `/camel/%zz${mark}`,
      `/__proto__/${mark}`,
      ...CONTRACT_IDS.flatMap((id) => [
        `/${id}/${mark}`,
        `/${id}${mark}`,
        `/${id}?${mark}`,
        `/${id}/%zz${mark}`,
      ]),
      `/api/v1/auth/verify-email/${mark}`,
      `/api/v1/auth/verify-email/${mark}${'x'.repeat(1_001)}`,
      `/camel/api/v1/auth/password-reset?token=${mark}`,
      `/v1/sessions/${mark}`,
      `/v1/sessions/users/${mark}?${mark}`,
      `/swagger/${mark}`,
      `/pages/verify-email/${mark}`,
      `/metrics/${mark}`,
      `/metrics?${mark}`,
    ];
    const headers = {
      host: mark,
      origin: `http://${mark}`,
      'x-request-id': mark,
      channel: mark,
      'api-token': mark,
    };
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'DELETE', 'PROPFIND', 'QUERY', 'TRACE', 'OPTIONS'])
        await send(method, service.url + path, { headers: method === 'GET' ? headers : {} });
    }
    const preflight = { origin: `http://${mark}`, 'access-control-request-method': mark };
    await send('OPTIONS', `${service.url}/${mark}`, { headers: preflight });
    await sendRaw(service, `${mark.toUpperCase()} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    await sendRaw(service, `GET http://${mark}/${mark} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  }

  const series = (told: Exposition): string[] =>
    told.samples(NAME).map(({ labels }) => JSON.stringify(labels));

  it('come from the routes that there are, whatever paths, methods and headers clients think of', async () => {
    const marks = [marker(), marker(), marker()];
    await attack(marks[0] as string);
    const before = await scrape(service.url);
    for (const mark of marks.slice(1)) await attack(mark);
    const after = await scrape(service.url);
    expect(series(after)).toEqual(series(before));
    for (const mark of marks) expect(after.text).not.toContain(mark);
    for (const { labels } of after.samples(NAME)) {
      expect(labels['route']).toMatch(/^(none|\*|(\/[\w.:*-]*)+)$/);
      expect(['service', 'pages', ...CONTRACT_IDS]).toContain(labels['contract']);
      expect(['other', 'GET', 'POST', 'DELETE', 'OPTIONS']).toContain(labels['method']);
      expect(labels['status']).toMatch(/^[2-5]\d\d$/);
      if (labels['contract'] !== 'service' && labels['route'] !== 'none')
        expect(labels['route']?.split('/')[1]).toBe(labels['contract']);
    }
  });

  it('count what the router refuses by itself', async () => {
    const refused = { route: 'none', method: 'GET', status: '400' };
    const [before, asked] = [await scrape(service.url), 3];
    for (let i = 0; i < asked; i++) {
      await send('GET', `${service.url}/%zz`);
      await send('GET', `${service.url}/jsend/%zz`);
    }
    const after = await scrape(service.url);
    for (const contract of ['service', 'jsend']) {
      const labels = { ...refused, contract };
      expect((after.value(NAME, labels) ?? 0) - (before.value(NAME, labels) ?? 0)).toBe(asked);
    }
  });

  it('hold no name, address, password, token, code or session of anybody', async () => {
    const account = await openAccount(service);
    const secrets = [account.username, account.email, encodeURIComponent(account.email), PASSWORD];
    const reset = await mailedResetToken(service, account.email);
    secrets.push(reset);
    const url = (path: string): string => service.url + path;
    await send('POST', url('/channel/api/auth/resend-verification'), {
      headers: demandedHeaders('channel'),
      body: { email: account.email },
    });
    secrets.push(await mailedCode(service, account.email));
    for (const { accessToken, refreshToken } of CONTRACT_IDS.map((id) => account[id])) {
      secrets.push(accessToken, refreshToken);
      await send('PUT', url('/v1/auth/token/verify'), { headers: bearer(accessToken) });
      const { sid } = JSON.parse(Buffer.from(accessToken.split('.')[1] as string, 'base64url').toString());
      secrets.push(sid);
      await send('DELETE', url(`/token/v1/sessions/${sid}`), { headers: bearer(accessToken) });
    }
    await send('GET', url(`/api/v1/auth/verify-email/${reset}?email=${encodeURIComponent(account.email)}`));
    await send('GET', url(`/v1/sessions/users/${account.id}`), {
      headers: bearer(account.token.accessToken),
    });
    const { text } = await scrape(service.url);
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).toContain('route="/token/v1/sessions/:');
  });

  it('count no request whose client hung up before the answer', async () => {
    const { username } = await openAccount(service);
    const logins = { route: '/camel/api/v1/auth/login' };
    const open = async (): Promise<number> =>
      (await service.database.query<{ id: string }>('SELECT id FROM sessions WHERE ended_at IS NULL')).length;
    const [before, sessions] = [await scrape(service.url), await open()];
    const lock = await holdLock(service.database, 'SELECT FROM users WHERE username = $1 FOR UPDATE', [
      username,
    ]);
    const headers = { 'content-type': 'application/json' };
    const request = http.request(`${service.url}/api/v1/auth/login`, {
      method: 'POST',
      agent: false,
      headers,
    });
    request.on('error', () => undefined).end(JSON.stringify({ username, password: PASSWORD }));
    await lock.untilWaiting(1);
    request.destroy();
    await lock.release();
    await eventually('the login to be over', async () => (await open()) > sessions);
    expect((await scrape(service.url)).value(NAME, logins)).toBe(before.value(NAME, logins));
  });
});
