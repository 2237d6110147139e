import { readFileSync } from 'node:fs';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { Exposition, type Labels, scrape } from '../support/exposition.js';
import { whileOverloaded } from '../support/full-hash-queue.js';
import { holdLock } from '../support/held-lock.js';
import { eventually } from '../support/eventually.js';
import { type Answer, bearer, send } from '../support/http.js';
import { camel, freshName, token } from '../support/race-client.js';
import { SmtpPeer } from '../support/smtp-peer.js';
import { type Service, startService } from '../support/start-service.js';

const REQUESTS = 'gatehouse_http_request_duration_seconds_count';
/** prom-client tells these on Linux alone. */
const LINUX = ['process_virtual_memory_bytes', 'process_heap_bytes', 'process_open_fds', 'process_max_fds'];

describe('/metrics', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ env: { HASH_CONCURRENCY: '1' } });
  });
  afterAll(() => service.stop());

  /** How many more requests with these labels there are after `work`. */
  async function counted(work: () => Promise<unknown>, ...wanted: Labels[]): Promise<(number | undefined)[]> {
    const before = await scrape(service.url);
    await work();
    const after = await scrape(service.url);
    return wanted.map(
      (labels) => (after.value(REQUESTS, labels) ?? 0) - (before.value(REQUESTS, labels) ?? 0),
    );
  }

  const account = async (): Promise<{ username: string; access: string }> => {
    const username = freshName();
    const answer = await camel.register(service.url, { username, email: `${username}@example.com` });
    return { username, access: camel.tokensOf(answer).access };
  };
  const verify = (access: string): Promise<Answer> =>
    send('PUT', `${service.url}/v1/auth/token/verify`, { headers: bearer(access) });

  it('is plain text that nobody may keep', async () => {
    const [get, head] = [
      await send('GET', `${service.url}/metrics`),
      await send('HEAD', `${service.url}/metrics`),
    ];
    for (const { status, headers } of [get, head])
      expect({ status, type: headers['content-type'], cache: headers['cache-control'] }).toEqual({
        status: 200,
        type: 'text/plain; version=0.0.4; charset=utf-8',
        cache: 'no-store',
      });
    expect(head.text).toBe('');
    expect(new Exposition(get.text).families.size).toBeGreaterThan(12);
  });

  it('counts validations by their outcome, under the contract, at the root as below the prefix', async () => {
    const { access } = await account();
    const route = { contract: 'token', route: '/token/v1/auth/token/verify', method: 'PUT' };
    const work = async (): Promise<void> => {
      for (let i = 0; i < 3; i++) expect(await verify(access)).toMatchObject({ status: 200 });
      expect(await verify(`${access}x`)).toMatchObject({ status: 401 });
      const prefixed = `${service.url}/token/v1/auth/token/verify`;
      expect(await send('PUT', prefixed, { headers: bearer(access) })).toMatchObject({ status: 200 });
    };
    expect(await counted(work, { ...route, status: '200' }, { ...route, status: '401' }, route)).toEqual([
      4, 1, 5,
    ]);
  });

  it('counts logins, of each contract by itself', async () => {
    const { username } = await account();
    const work = async (): Promise<void> => {
      await camel.login(service.url, username);
      await camel.login(service.url, username, 'wrong');
      await token.login(service.url, username);
    };
    const logins = { route: '/camel/api/v1/auth/login', method: 'POST', contract: 'camel' };
    const fresh = { route: '/token/v1/auth/token/fresh', method: 'POST', contract: 'token', status: '200' };
    expect(
      await counted(work, { ...logins, status: '200' }, { ...logins, status: '401' }, logins, fresh),
    ).toEqual([1, 1, 2, 1]);
  });

  it('tells how long they took', async () => {
    const labels = { route: '/camel/api/v1/auth/login', status: '200' };
    const name = 'gatehouse_http_request_duration_seconds';
    const { username } = await account();
    const lock = await holdLock(service.database, 'SELECT FROM users WHERE username = $1 FOR UPDATE', [
      username,
    ]);
    const before = await scrape(service.url);
    const login = camel.login(service.url, username);
    await lock.untilWaiting(1);
    const began = performance.now();
    // as long as it takes to be in another bucket
    await new Promise((resolve) => setTimeout(resolve, 300));
    await lock.release();
    expect(await login).toMatchObject({ status: 200 });
    const waited = (performance.now() - began) / 1_000;
    const after = await scrape(service.url);
    const more = (suffix: string, le?: string): number => {
      const wanted = { ...labels, ...(le && { le }) };
      return (after.value(name + suffix, wanted) ?? 0) - (before.value(name + suffix, wanted) ?? 0);
    };
    expect(more('_count')).toBe(1);
    expect(more('_bucket', '0.25')).toBe(0);
    expect(more('_bucket', '+Inf')).toBe(1);
    expect(more('_sum')).toBeGreaterThan(0.29);
    expect(more('_sum')).toBeLessThan(waited + 1);
  });

  it('shows the queue of password hashes while logins flood in, and what was turned away', async () => {
    const figures = (told: Exposition): (number | undefined)[] =>
      ['running', 'waiting', 'shed_total'].map((name) => told.value(`gatehouse_password_hashes_${name}`));
    expect(figures(await scrape(service.url))).toEqual([0, 0, 0]);
    // 200 at once: one runs, 64 wait, 135 are refused
    const [flooded, shed] = await whileOverloaded(service, async () => {
      const told = figures(await scrape(service.url));
      expect(await camel.login(service.url, freshName())).toMatchObject({ status: 503 });
      return [told, figures(await scrape(service.url))[2]];
    });
    expect(flooded).toEqual([1, 64, 135]);
    expect(shed).toBe(136);
    expect(figures(await scrape(service.url))).toEqual([0, 0, 136]);
  });

  it('counts whom it asked whether tokens are revoked, and says why it is PostgreSQL', async () => {
    const { access } = await account();
    const asked = async (): Promise<number | undefined> =>
      (await scrape(service.url)).value('gatehouse_denylist_answers_total', { source: 'postgres' });
    const before = (await asked()) as number;
    for (let i = 0; i < 3; i++) await verify(access);
    expect(await asked()).toBe(before + 3);
    const told = await scrape(service.url);
    expect(told.value('gatehouse_denylist_answers_total', { source: 'redis' })).toBe(0);
    expect(told.samples('gatehouse_denylist_source')).toEqual([
      {
        name: 'gatehouse_denylist_source',
        labels: { source: 'postgres', reason: 'not_configured' },
        value: 1,
      },
    ]);
  });

  it('counts no revocation as unpublished where there is no Redis to publish it to', async () => {
    const { access } = await account();
    expect(await camel.logout(service.url, access)).toMatchObject({ status: 200 });
    const rows = await service.database.query('SELECT FROM revocations WHERE published_at IS NULL');
    expect(rows).not.toEqual([]);
    expect((await scrape(service.url)).value('gatehouse_revocations_unpublished')).toBe(0);
  });

  it('tells of an event loop that was kept busy', async () => {
    await scrape(service.url);
    // the loop is looked at anew after a scrape, every 10 ms: what comes before the first look is not seen
    await new Promise((resolve) => setTimeout(resolve, 50));
    const until = performance.now() + 250;
    while (performance.now() < until);
    const told = await scrape(service.url);
    expect(told.value('nodejs_eventloop_lag_max_seconds')).toBeGreaterThan(0.2);
    expect((await scrape(service.url)).value('nodejs_eventloop_lag_min_seconds')).toBeLessThan(0.2);
    expect(told.value('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(told.value('nodejs_heap_size_used_bytes')).toBeGreaterThan(1e7);
  });

  it('gives scrapes that overlap the same answer, and the next one a new one', async () => {
    const route = { route: '/metrics', status: '200' };
    const [first, second] = await Promise.all([scrape(service.url), scrape(service.url)]);
    expect(second?.text).toBe(first?.text);
    const third = await scrape(service.url);
    expect(third.value(REQUESTS, route)).toBe((first?.value(REQUESTS, route) as number) + 2);
  });

  it('mixes nothing with another service of the same process', async () => {
    const other = await startService();
    try {
      const route = { route: '/camel/api/v1/auth/login' };
      await camel.login(other.url, freshName());
      expect(await counted(() => camel.login(other.url, freshName()), route)).toEqual([0]);
      const told = await scrape(other.url);
      expect(told.value(REQUESTS, route)).toBe(2);
      expect(told.value('gatehouse_password_hashes_shed_total')).toBe(0);
      expect(await counted(() => camel.login(service.url, freshName()), route)).toEqual([1]);
    } finally {
      await other.stop();
    }
  });

  it('is as docs/metrics.md has it: every name, its type, its labels and what it tells', async () => {
    await camel.login(service.url, randomUUID());
    // nothing is in there for figures that nothing has been counted for yet
    await eventually('a garbage collection', async () => {
      Array.from({ length: 100_000 }, () => ({}));
      return (await scrape(service.url)).samples('nodejs_gc_duration_seconds_count').length > 0;
    });
    const told = await scrape(service.url);
    const file = readFileSync(path.resolve(__dirname, '../../docs/metrics.md'), 'utf8');
    const rows = [...file.matchAll(/^\| `(\w+_\w+)` +\| (\w+) +\| (.*?) *\| (.*?) *\|.*\|$/gm)];
    const documented = rows.map(([, name = '', type, labels = '', help]) => ({
      name,
      type,
      labels: [...labels.matchAll(/\w+/g)].map(([label]) => label).sort(),
      help,
    }));
    const served = [...told.families].map(([name, { type, help, samples }]) => ({
      name,
      type,
      labels: labelsOf(samples.map((sample) => sample.labels)),
      help,
    }));
    const here = documented.filter(({ name }) => process.platform === 'linux' || !LINUX.includes(name));
    // no libuv request is active in every moment
    const sometimes = 'nodejs_active_requests';
    const comparable = (rowsOf: typeof served) =>
      rowsOf
        .map((row) => (row.name === sometimes ? { ...row, labels: [] } : row))
        .sort((one, other) => one.name.localeCompare(other.name));
    expect(comparable(here as typeof served)).toEqual(comparable(served));
  });
});

describe('the mails that are owed', () => {
  let peer: SmtpPeer;
  let service: Service;
  beforeAll(async () => {
    peer = await SmtpPeer.start();
    service = await startService({ env: { SMTP_URL: peer.url } });
  });
  afterAll(async () => {
    peer.release();
    await service.stop();
    await peer.stop();
  });

  const owed = async (): Promise<number | undefined> =>
    (await scrape(service.url)).value('gatehouse_mails_owed');

  it('are counted until the mail server has them, or will never have them', async () => {
    peer.script = {
      recipient: (recipient) => (recipient.startsWith('x') ? { code: 550, text: 'no' } : 'hang'),
    };
    expect(await owed()).toBe(0);
    for (const username of ['first', 'second', 'x-refused'])
      await camel.register(service.url, { username, email: `${username}@example.com` });
    await eventually('two mails to be owed', async () => (await owed()) === 2);
    peer.release();
    await eventually('no mail to be owed', async () => (await owed()) === 0);
    expect(peer.recipients.sort()).toEqual(['first@example.com', 'second@example.com']);
  });
});

const labelsOf = (all: readonly Labels[]): string[] =>
  [...new Set(all.flatMap((labels) => Object.keys(labels)))].filter((label) => label !== 'le').sort();
