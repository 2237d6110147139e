import { execFile } from 'node:child_process';
import http from 'node:http';
import os from 'node:os';
import { promisify } from 'node:util';
import { bearer, send } from '../../support/http.js';
import { newDataDir } from '../../support/data-dirs.js';
import { camel, freshName, token } from '../../support/race-client.js';
import { endLeftovers, type RunningService, startProcess } from '../../support/start-process.js';

/** The machine's own addresses that others can reach. */
const outside = Object.values(os.networkInterfaces())
  .flat()
  .filter((address) => address?.internal === false && address.family === 'IPv4')
  .map((address) => address?.address);

/** GET under another `Host`, which replaces the one that Node would send. */
const getAs = (url: string, headers: http.OutgoingHttpHeaders): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const request = http.get(url, { headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('error', reject);
  });

describe('development mode on a fresh data directory', () => {
  let service: RunningService;
  let shown: string;

  beforeAll(async () => {
    service = await startProcess({ GATEHOUSE_MODE: 'development', DATA_DIR: newDataDir() });
    shown = service.process.output.stdout;
  }, 60_000);
  afterAll(endLeftovers);

  it('tells of its progress, its addresses and its credentials, and nothing on standard error', () => {
    expect(shown).toMatch(/making a new PostgreSQL 18 database[^]*migrated the database[^]*is ready/);
    for (const port of service.ports) expect(shown).toContain(`http://localhost:${port}`);
    for (const path of [
      '/v1/auth/token',
      '/api/v1/auth',
      '/swagger',
      '/dev/mailbox',
      '/health/ready',
      '/metrics',
    ])
      expect(shown).toContain(`http://localhost:${service.ports[0]}${path}`);
    for (const known of [
      'admin@gatehouse.localhost',
      'gatehouse-admin',
      'dev-api-token',
      'dev-gateway-secret',
    ])
      expect(shown).toContain(known);
    expect(service.process.output.stderr).toBe('');
    expect(service.ports).toHaveLength(2);
  });

  it('prints one curl line that logs in as the admin when pasted into a shell', async () => {
    const lines = shown.split('\n').filter((line) => line.trim().startsWith('curl'));
    expect(lines).toHaveLength(1);
    const { stdout } = await promisify(execFile)('sh', ['-c', `${lines[0]} -w '\\n%{http_code}'`]);
    const [body, status] = stdout.split('\n') as [string, string];
    expect(status).toBe('200');
    const { access_token } = JSON.parse(body);
    const verified = await token.logout(service.url, access_token);
    expect(verified.json).toEqual({ revoked: true });
  });

  it('listens on IPv4 and IPv6 loopback, on both ports, and nowhere else', async () => {
    const hosts = ['127.0.0.1', 'localhost'];
    if (
      Object.values(os.networkInterfaces())
        .flat()
        .some((address) => address?.address === '::1')
    )
      hosts.push('[::1]');
    else process.stderr.write('\nNOT TESTED: this machine has no ::1, so nobody has listened on it\n');
    for (const port of service.ports) {
      for (const host of hosts)
        expect((await send('GET', `http://${host}:${port}/health/live`)).json).toEqual({ status: 'ok' });
      for (const host of outside)
        await expect(send('GET', `http://${host}:${port}/health/live`)).rejects.toMatchObject({
          code: 'ECONNREFUSED',
        });
    }
  });

  it.each([token, camel])('registers, logs in and logs out through $name on both ports', async (dialect) => {
    const [first, second] = service.urls as [string, string];
    const username = freshName();
    expect((await dialect.register(first, { username, email: `${username}@example.com` })).status).toBe(201);
    const login = await dialect.login(second, username);
    expect(login.status).toBe(200);
    const { access } = dialect.tokensOf(login);
    const verify = () => send('PUT', `${first}/v1/auth/token/verify`, { headers: bearer(access) });
    expect((await verify()).json).toMatchObject({ valid: true, username, role: 'USER' });
    expect((await dialect.logout(second, access)).status).toBe(200);
    expect((await verify()).status).toBe(401);
    expect(
      (await send('POST', `${second}/api/v1/auth/validate`, { body: { token: access } })).json,
    ).toMatchObject({
      valid: false,
      errorMessage: 'Token has been revoked',
    });
  });

  it('shows mails as JSON and as a page, newest first and filtered by address', async () => {
    const [older, newer] = [freshName(), freshName()];
    for (const username of [older, newer])
      await camel.register(service.url, { username, email: `${username}@example.com` });
    const mailbox = `${service.url}/dev/mailbox`;
    const json = { headers: { accept: 'application/json' } };
    const all = (await send('GET', mailbox, json)).json;
    expect(all.slice(0, 2).map(({ to }: { to: string }) => to)).toEqual([
      `${newer}@example.com`,
      `${older}@example.com`,
    ]);
    const one = (await send('GET', `${mailbox}?to=${older}@example.com`, json)).json;
    expect(one).toEqual([
      {
        id: expect.anything(),
        to: `${older}@example.com`,
        subject: expect.stringContaining('Verify'),
        text: expect.stringMatching(/\/api\/v1\/auth\/verify-email\/[\w-]{20,}/),
        html: expect.stringContaining('<a href='),
        link: expect.stringMatching(/^http:.*\/api\/v1\/auth\/verify-email\/[\w-]{20,}$/),
        token: expect.stringMatching(/^[\w-]{20,}$/),
        code: expect.stringMatching(/^\d{6}$/),
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
    const page = await send('GET', mailbox);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.text.indexOf(newer)).toBeLessThan(page.text.indexOf(older));
    expect(page.text.indexOf(newer)).toBeGreaterThan(0);
  });

  it('shows what strangers wrote as text, never as markup', async () => {
    const username = freshName();
    const email = `"<img/src=x>${username}"@example.com`;
    expect((await camel.register(service.url, { username, email })).status).toBe(201);
    const filter = encodeURIComponent(`</h1><script>alert(1)</script>`);
    for (const query of ['', `?to=${encodeURIComponent(email)}`, `?to=${filter}`]) {
      const { text } = await send('GET', `${service.url}/dev/mailbox${query}`);
      expect(text).not.toMatch(/<img|<script/i);
    }
    const shownTo = (await send('GET', `${service.url}/dev/mailbox?to=${encodeURIComponent(email)}`)).text;
    expect(shownTo).toContain(`src=x`);
  });

  it.each([
    ['another name for this machine', { host: 'evil.example' }],
    ['a name that only begins like ours', { host: 'localhost.evil.example' }],
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
  ])('refuses the mailbox to %s', async (_, headers) => {
    const answer = await getAs(`${service.url}/dev/mailbox`, headers);
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain('verify-email');
  });

  it('answers live and ready', async () => {
    expect((await send('GET', `${service.url}/health/live`)).json).toEqual({ status: 'ok' });
    expect((await send('GET', `${service.url}/health/ready`)).json).toEqual({
      status: 'ok',
      postgres: 'ok',
      denylist: { source: 'postgres', reason: 'not_configured' },
    });
  });
});
