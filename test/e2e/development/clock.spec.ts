import { ROOTS } from '@gatehouse/contracts';
import { SystemClock } from '@gatehouse/kernel';
import { Denylist } from '@gatehouse/tokens';
import { createApp } from '../../../apps/service/src/create-app.js';
import { loadConfig } from '@gatehouse/config';
import { DevelopmentModule } from '@gatehouse/development';
import { eventually } from '../../support/eventually.js';
import { type Answer, bearer, send } from '../../support/http.js';
import { camel, DIALECTS, freshName, isAlive, newPerson, token } from '../../support/race-client.js';
import { describeWithRedis, RedisServer } from '../../support/redis-server.js';
import { SmtpPeer } from '../../support/smtp-peer.js';
import { type Service, startService } from '../../support/start-service.js';

const DAY = 86_400_000;

const turn = ({ url }: Service, advance: unknown): Promise<Answer> =>
  send('POST', `${url}/dev/clock`, { body: { advance } });

/** Whoever comes now is served, by every part that has a timer or a life of its own. */
async function expectHealthy(service: Service): Promise<void> {
  expect((await send('GET', `${service.url}/health/ready`)).status).toBe(200);
  for (const dialect of DIALECTS) {
    const username = freshName();
    const registered = await dialect.register(service.url, { username, email: `${username}@example.com` });
    expect(registered.status).toBe(201);
    const login = await dialect.login(service.url, username);
    expect(login.status).toBe(200);
    const tokens = dialect.tokensOf(login);
    const verified = await send('PUT', `${service.url}/v1/auth/token/verify`, {
      headers: bearer(tokens.access),
    });
    expect(verified.json).toMatchObject({ valid: true, username });
    const refreshed = await dialect.refresh(service.url, tokens);
    expect(refreshed.status).toBe(200);
    const { access } = dialect.tokensOf(refreshed);
    expect((await dialect.logout(service.url, access)).status).toBe(200);
    expect(await isAlive(service.url, access)).toBe(false);
  }
}

describe('the clock of a development service', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('tells the real time until it is turned, and then how far ahead it is', async () => {
    const { json } = await send('GET', `${service.url}/dev/clock`);
    expect(json).toEqual({ now: expect.stringMatching(/^\d{4}-.*Z$/), offsetMs: 0 });
    await turn(service, '16m');
    const before = Date.now();
    const { status, json: turned } = await turn(service, '2h');
    expect({ status, offsetMs: turned.offsetMs }).toEqual({ status: 200, offsetMs: 8_160_000 });
    expect(Date.parse(turned.now)).toBeGreaterThanOrEqual(before + 8_160_000);
    expect(Date.parse(turned.now)).toBeLessThanOrEqual(Date.now() + 8_160_000);
    expect((await send('GET', `${service.url}/dev/clock`)).json.offsetMs).toBe(8_160_000);
  });

  it('expires an access token, which its session outlives, and then the session', async () => {
    const { access, refresh } = await newPerson(service);
    await turn(service, '59m');
    expect(await isAlive(service.url, access)).toBe(true);
    await turn(service, '1m');
    expect(await isAlive(service.url, access)).toBe(false);
    const refreshed = await camel.refresh(service.url, { access, refresh });
    expect(refreshed.status).toBe(200);
    await turn(service, '31d');
    expect((await camel.refresh(service.url, camel.tokensOf(refreshed))).status).toBe(401);
  });

  it('expires what was mailed', async () => {
    const { email } = await newPerson(service);
    const [mail] = (
      await send('GET', `${service.url}/dev/mailbox?to=${email}`, { headers: { accept: 'application/json' } })
    ).json;
    await turn(service, '25h');
    const opened = await send('GET', `${service.url}/camel/api/v1/auth/verify-email/${mail.token}`);
    expect(opened.status).toBe(400);
  });

  it.each([
    ['nothing', undefined],
    ['a negative duration', '-5m'],
    ['a number', 960_000],
    ['no unit', '16'],
    ['words', 'a while'],
    ['more than ten years', '3651d'],
  ])('refuses %s, and stays where it is', async (_, advance) => {
    const { status, json } = await turn(service, advance);
    expect({ status, json }).toEqual({
      status: 400,
      json: expect.objectContaining({
        code: 'validation_failed',
        errors: [{ field: 'advance', reason: expect.any(String) }],
      }),
    });
    expect((await send('GET', `${service.url}/dev/clock`)).json.offsetMs).toBe(0);
  });

  it('refuses to go on beyond ten years in all', async () => {
    expect((await turn(service, '3650d')).status).toBe(200);
    const { status, json } = await turn(service, '1ms');
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ field: 'advance', reason: expect.stringContaining('/dev/reset') }]);
  });

  it('leaves everything at work after 100 days in one step', async () => {
    const { access, refresh, username } = await newPerson(service);
    await turn(service, '100d');
    expect(await isAlive(service.url, access)).toBe(false);
    expect((await camel.refresh(service.url, { access, refresh })).status).toBe(401);
    expect((await token.login(service.url, username)).status).toBe(200);
    await expectHealthy(service);
  });

  it('delivers what is owed by SMTP, before and after such a step', async () => {
    const peer = await SmtpPeer.start();
    const sender = await startService({ env: { SMTP_URL: peer.url } });
    const delivered = (email: string) =>
      eventually(`the mail to ${email}`, async () => {
        const rows = await sender.database.query(
          'SELECT FROM mails WHERE recipient = $1 AND sent_at IS NOT NULL',
          [email],
        );
        return rows.length === 1;
      });
    try {
      await delivered((await newPerson(sender)).email);
      await turn(sender, '100d');
      await delivered((await newPerson(sender)).email);
    } finally {
      await sender.stop();
      await peer.stop();
    }
  });
});

describeWithRedis('the clock of a development service with a Redis', () => {
  it('leaves the denylist trusted after 100 days in one step: its lease runs by clocks that nobody turns', async () => {
    const redis = await RedisServer.start();
    const service = await startService({ env: { REDIS_URL: redis.url } });
    const source = () => service.nest.get(Denylist, { strict: false }).status().source;
    try {
      await eventually('Redis to answer', () => source() === 'redis');
      service.clock.advance(100 * DAY);
      expect(source()).toBe('redis');
      await expectHealthy(service);
      expect(source()).toBe('redis');
    } finally {
      await service.stop();
      await redis.stop();
    }
  });
});

describe('a service whose clock cannot be turned', () => {
  it('is not put together with what turns clocks', async () => {
    const config = loadConfig(
      { GATEHOUSE_MODE: 'development', LOG_LEVEL: 'silent' },
      ROOTS.map(({ id }) => id),
    );
    const parts = {
      config,
      databaseUrl: process.env['GATEHOUSE_TEST_POSTGRES'] as string,
      contracts: [],
      roots: [],
    };
    const made = createApp({ ...parts, extras: [DevelopmentModule], clock: new SystemClock() });
    await expect(made).rejects.toThrow('DevelopmentClock');
  });
});
