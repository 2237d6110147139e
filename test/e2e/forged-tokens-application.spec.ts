import type { NewClient } from '@gatehouse/clients';
import { applicationsOf } from '../support/administration.js';
import { type Answer, bearer, send } from '../support/http.js';
import { isLive, type OpenAccount, openAccount } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';

const HOUR = 3_600_000;

describe('the Api-Token of a client application', () => {
  let service: Service;
  let clients: ReturnType<typeof applicationsOf>;
  let account: OpenAccount;
  beforeAll(async () => {
    service = await startService();
    clients = applicationsOf(service);
    account = await openAccount(service);
  });
  afterAll(() => service.stop());

  let made = 0;
  /** A public application of its own; gives its name and its Api-Token. */
  async function application(facts: Partial<NewClient> = {}): Promise<{ name: string; secret: string }> {
    const name = `application ${++made}`;
    const client = { name, kind: 'public', channels: ['web'], scopes: [], ...facts } as const;
    return { name, secret: (await clients.create(client)).secret };
  }

  const post = (path: string, apiToken: string, channel: string, headers: object, body?: object) =>
    send('POST', `${service.url}/channel/api/auth/${path}`, {
      headers: { 'api-token': apiToken, channel, ...headers },
      body,
    });
  const logIn = (apiToken: string, channel = 'web'): Promise<Answer> =>
    post('login', apiToken, channel, {}, { email: account.email, password: account.password });
  const refresh = (apiToken: string, accessToken: string): Promise<Answer> =>
    post('refresh-token', apiToken, 'web', bearer(accessToken));

  const expectUnknown = (answer: Answer): void => {
    expectRefusal(answer, 'channel', 401);
    expect(answer.json.message).toBe('Invalid Api-Token');
  };

  it('works for the channels that it lists alone', async () => {
    const { secret } = await application({ channels: ['kiosk', 'web'] });
    expect((await logIn(secret, 'kiosk')).status).toBe(200);
    expect((await logIn(secret, 'web')).status).toBe(200);
    expectRefusal(await logIn(secret, 'ios'), 'channel', 400);
    expect((await logIn('dev-api-token', 'ios')).status).toBe(200);
  });

  it('works for no channel where it lists none', async () => {
    const { secret } = await application({ channels: [] });
    for (const channel of ['web', '', 'undefined', 'null', '{}'])
      expectRefusal(await logIn(secret, channel), 'channel', 400);
  });

  it('is no secret of a confidential application, whatever channels it lists', async () => {
    const { secret } = await application({ kind: 'confidential', scopes: ['revoke'] });
    expectUnknown(await logIn(secret));
  });

  it('is refused at once when the application is disabled, with every session it opened', async () => {
    const { name, secret } = await application();
    const session = (await logIn(secret)).json.data.token as string;
    const overlap = (await clients.rotateSecret(name, HOUR)) as string;
    expect((await logIn(overlap)).status).toBe(200);
    expect(await clients.disable(name)).toBe(true);
    for (const apiToken of [secret, overlap]) {
      expectUnknown(await logIn(apiToken));
      expectUnknown(await refresh(apiToken, session));
      expectUnknown(await post('logout', apiToken, 'web', bearer(session)));
    }
    // nobody else can refresh its sessions either, and no new secret revives it
    expectRefusal(await refresh('dev-api-token', session), 'channel', 401);
    expect(await clients.rotateSecret(name, HOUR)).toBeUndefined();
    expectUnknown(await logIn(secret));
    expect((await logIn('dev-api-token')).status).toBe(200);
  });

  it('is followed by another one: both work during the overlap, the new one alone after it', async () => {
    const { name, secret } = await application();
    const session = (await logIn(secret)).json.data.token as string;
    const next = (await clients.rotateSecret(name, HOUR)) as string;
    expect(next).not.toBe(secret);
    service.clock.advance(HOUR - 60_000);
    expect((await logIn(secret)).status).toBe(200);
    // it is one application: what was opened by the one Api-Token is refreshed by the other
    const refreshed = await refresh(next, session);
    expect(refreshed.status).toBe(200);
    service.clock.advance(60_000);
    expectUnknown(await logIn(secret));
    expectUnknown(await refresh(secret, refreshed.json.data.token as string));
    expect((await logIn(next)).status).toBe(200);
    expect((await refresh(next, refreshed.json.data.token as string)).status).toBe(200);
  });

  it('that expires already is not kept alive by a second rotation', async () => {
    const { name, secret } = await application();
    const second = (await clients.rotateSecret(name, HOUR)) as string;
    service.clock.advance(HOUR / 2);
    const third = (await clients.rotateSecret(name, 10 * HOUR)) as string;
    for (const apiToken of [secret, second, third]) expect((await logIn(apiToken)).status).toBe(200);
    service.clock.advance(HOUR / 2);
    expectUnknown(await logIn(secret));
    for (const apiToken of [second, third]) expect((await logIn(apiToken)).status).toBe(200);
  });

  it('works no more from the instant of a rotation without an overlap', async () => {
    const { name, secret } = await application();
    const next = (await clients.rotateSecret(name, 0)) as string;
    expectUnknown(await logIn(secret));
    expect((await logIn(next)).status).toBe(200);
  });

  it('refreshes no session of another application, which goes on', async () => {
    const { secret } = await application();
    const own = await openAccount(service);
    expectRefusal(await refresh(secret, own.channel.accessToken), 'channel', 401);
    expect(await isLive(service, own.channel)).toBe(true);
    expect((await refresh('dev-api-token', own.channel.accessToken)).status).toBe(200);
  });

  it('is stored as nothing that could be sent', async () => {
    const { secret } = await application();
    const rows = await service.database.query<{ stored: string }>(
      "SELECT encode(hash, 'escape') || encode(hash, 'hex') || encode(hash, 'base64') AS stored FROM client_secrets",
    );
    for (const { stored } of rows) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
    }
  });
});
