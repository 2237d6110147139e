import { createHash } from 'node:crypto';
import { applicationsOf } from '../support/administration.js';
import { bearer, send } from '../support/http.js';
import { askChannel, channelUser, mailsTo } from '../support/channel-user.js';
import { freshName } from '../support/open-account.js';
import { newApplication } from '../support/mailed-codes.js';
import { claimsOf } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const DAY = 86_400_000;
const UNKNOWN = { statusCode: 401, message: 'Invalid Api-Token' };

describe('client applications', () => {
  let service: Service;
  let other: Service;
  beforeAll(async () => {
    service = await startService();
    other = await startService({ database: service.database, clock: service.clock });
  });
  afterAll(async () => {
    await other.stop();
    await service.stop();
  });

  const clients = () => applicationsOf(service);
  const make = async (channels: string[], kind: 'public' | 'confidential' = 'public') => {
    const name = freshName();
    const scopes = kind === 'confidential' ? ['introspect'] : [];
    return { name, ...(await clients().create({ name, kind, channels, scopes })) };
  };

  /** What a login with these headers and no fields is answered: 400 for the fields means that the headers were fine. */
  const judged = async (headers: Record<string, string> | string[], node = service): Promise<string> => {
    const url = `${node.url}/channel/api/auth/login`;
    const { status, json } = await send('POST', url, { headers, body: {} });
    if (status === 400 && json.errors) return 'let in';
    return `${status} ${json.message}`;
  };
  const ACCEPTED = 'let in';
  const REFUSED = `401 ${UNKNOWN.message}`;
  const NO_CHANNEL = /^400 The header channel/;

  it('are told by the Api-Token, and use their own channels alone', async () => {
    const { secret } = await make(['web', 'kiosk']);
    const { secret: another } = await make(['ios']);
    for (const node of [service, other]) {
      for (const channel of ['web', 'kiosk'])
        expect(await judged({ 'api-token': secret, channel }, node)).toBe(ACCEPTED);
      for (const channel of ['ios', 'WEB', '', ' ', 'web,kiosk'])
        expect(await judged({ 'api-token': secret, channel }, node)).toMatch(NO_CHANNEL);
      expect(await judged({ 'api-token': secret }, node)).toMatch(NO_CHANNEL);
      expect(await judged({ 'api-token': another, channel: 'web' }, node)).toMatch(NO_CHANNEL);
    }
    expect(await judged({ 'API-TOKEN': secret, Channel: 'kiosk' })).toBe(ACCEPTED);
  });

  it('a token that is missing, wrong, cut, sent twice or a confidential secret is 401', async () => {
    const { secret } = await make(['web']);
    const { secret: confidential, id } = await make(['web'], 'confidential');
    const [row] = await service.database.query<{ hash: Buffer }>(
      'SELECT hash FROM client_secrets WHERE client_id = $1',
      [id],
    );
    const wrong = [
      '',
      'nonsense',
      secret.slice(1),
      `${secret}x`,
      secret.toUpperCase(),
      confidential,
      (row as { hash: Buffer }).hash.toString('hex'),
      'a'.repeat(4_000),
    ];
    for (const token of wrong) expect(await judged({ 'api-token': token, channel: 'web' })).toBe(REFUSED);
    expect(await judged({ channel: 'web' })).toBe(REFUSED);
    expect(await judged(['api-token', secret, 'api-token', secret, 'channel', 'web'])).toBe(REFUSED);
    expect(await judged({ 'api-token': secret, channel: 'web' })).toBe(ACCEPTED);
  });

  const ENDPOINTS = [
    'login',
    'register',
    'logout',
    'forgot-password',
    'reset-password',
    'verify-email',
    'resend-verification',
    'refresh-token',
  ];
  it.each(ENDPOINTS)('%s demands both headers before it looks at anything else', async (path) => {
    const url = `${service.url}/channel/api/auth/${path}`;
    const { token } = await channelUser(service);
    for (const body of [undefined, {}]) {
      const unknown = await send('POST', url, { headers: { ...bearer(token), channel: 'web' }, body });
      expect(unknown).toMatchObject({ status: 401, json: UNKNOWN });
      const headers = { ...bearer(token), 'api-token': 'dev-api-token', channel: 'fridge' };
      const refused = await send('POST', url, { headers, body });
      expect(refused).toMatchObject({ status: 400, json: { statusCode: 400 } });
      expect(refused.json.message).toMatch(/channel/);
    }
    expect(await isListed(token)).toBe(true);
  });

  const isListed = async (token: string): Promise<boolean> => {
    const url = `${service.url}/token/v1/auth/token/verify`;
    return (await send('PUT', url, { headers: bearer(token) })).status === 200;
  };

  it('sessions keep application and channel, which the listing shows', async () => {
    const headers = await newApplication(service);
    const { token } = await channelUser(service, { headers });
    const { sid } = claimsOf(token);
    const [row] = await service.database.query<{ id: string; channel: string }>(
      'SELECT c.id, s.channel FROM sessions s JOIN clients c ON c.id = s.client_id WHERE s.id = $1',
      [sid],
    );
    expect(row?.channel).toBe('web');
    const claims = JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString());
    expect(claims.client_id).toBe(row?.id);
    const verified = await send('PUT', `${service.url}/token/v1/auth/token/verify`, {
      headers: bearer(token),
    });
    const url = `${service.url}/token/v1/sessions/users/${verified.json.user_id}`;
    const listed = await send('GET', url, { headers: bearer(token) });
    expect(listed.json.data).toMatchObject([{ id: sid, contract: 'channel', channel: 'web' }]);
  });

  it('a session is refreshed through its own application alone, on any of its channels', async () => {
    const { secret } = await make(['web', 'ios']);
    const mine = { 'api-token': secret, channel: 'web' };
    const { token } = await channelUser(service, { headers: mine });
    const refresh = (headers: Record<string, string>) =>
      askChannel(other, 'refresh-token', undefined, { ...headers, ...bearer(token) });
    for (const headers of [await newApplication(service), {}])
      expect((await refresh(headers)).status).toBe(401);
    expect(await isListed(token)).toBe(true);
    expect((await refresh({ ...mine, channel: 'ios' })).status).toBe(200);
  });

  it('a rotated token works beside the new one for the overlap, and not a moment longer', async () => {
    const { name, secret: old } = await make(['web']);
    const fresh = (await clients().rotateSecret(name, 7 * DAY)) as string;
    expect(fresh).not.toBe(old);
    const judge = (token: string) => judged({ 'api-token': token, channel: 'web' }, other);
    expect([await judge(old), await judge(fresh)]).toEqual([ACCEPTED, ACCEPTED]);
    service.clock.advance(7 * DAY - 5_000);
    expect([await judge(old), await judge(fresh)]).toEqual([ACCEPTED, ACCEPTED]);
    service.clock.advance(5_000);
    expect([await judge(old), await judge(fresh)]).toEqual([REFUSED, ACCEPTED]);
  });

  it('without an overlap the old one is refused at once, on the other node too', async () => {
    const { name, secret: old } = await make(['web']);
    const fresh = (await clients().rotateSecret(name, 0)) as string;
    for (const node of [other, service]) {
      expect(await judged({ 'api-token': old, channel: 'web' }, node)).toBe(REFUSED);
      expect(await judged({ 'api-token': fresh, channel: 'web' }, node)).toBe(ACCEPTED);
    }
  });

  it('a second rotation does not lengthen what the first one limited, and shortens what is longer', async () => {
    const { name, secret: first } = await make(['web']);
    const second = (await clients().rotateSecret(name, 1 * DAY)) as string;
    const third = (await clients().rotateSecret(name, 3 * DAY)) as string;
    const judge = () =>
      Promise.all([first, second, third].map((token) => judged({ 'api-token': token, channel: 'web' })));
    expect(await judge()).toEqual([ACCEPTED, ACCEPTED, ACCEPTED]);
    service.clock.advance(1 * DAY);
    expect(await judge()).toEqual([REFUSED, ACCEPTED, ACCEPTED]);
    const fourth = (await clients().rotateSecret(name, 0)) as string;
    expect(await judge()).toEqual([REFUSED, REFUSED, REFUSED]);
    expect(await judged({ 'api-token': fourth, channel: 'web' })).toBe(ACCEPTED);
  });

  it('a session goes on with the new token of its application', async () => {
    const { name, secret } = await make(['web']);
    const { token } = await channelUser(service, { headers: { 'api-token': secret, channel: 'web' } });
    const fresh = (await clients().rotateSecret(name, 0)) as string;
    const headers = { 'api-token': fresh, channel: 'web', ...bearer(token) };
    expect((await askChannel(service, 'refresh-token', undefined, headers)).status).toBe(200);
  });

  it('a disabled one is refused at once on every node, with all its tokens, and so are its refreshes', async () => {
    const { name, secret: old } = await make(['web']);
    const fresh = (await clients().rotateSecret(name, DAY)) as string;
    const headers = { 'api-token': fresh, channel: 'web' };
    const { token } = await channelUser(service, { headers });
    expect(await clients().disable(name)).toBe(true);
    for (const node of [other, service]) {
      for (const secret of [old, fresh])
        expect(await judged({ 'api-token': secret, channel: 'web' }, node)).toBe(REFUSED);
      const refreshed = await askChannel(node, 'refresh-token', undefined, { ...headers, ...bearer(token) });
      expect(refreshed).toMatchObject({ status: 401, json: UNKNOWN });
    }
    expect(await clients().rotateSecret(name, DAY)).toBeUndefined();
    expect(await clients().disable(name)).toBe(true);
    expect(await clients().disable('nobody')).toBe(false);
    expect(await clients().rotateSecret('nobody', DAY)).toBeUndefined();
  });

  it('their tokens are stored as keyed hashes alone', async () => {
    const { name, secret } = await make(['web']);
    const fresh = (await clients().rotateSecret(name, DAY)) as string;
    const rows = await service.database.query<{ text: string }>(
      `SELECT concat(c, s) AS text FROM clients c JOIN client_secrets s ON s.client_id = c.id WHERE c.name = $1`,
      [name],
    );
    expect(rows).toHaveLength(2);
    for (const { text } of rows) {
      for (const token of [secret, fresh]) {
        for (const form of [
          token,
          Buffer.from(token).toString('hex'),
          Buffer.from(token, 'base64url').toString('hex'),
          createHash('sha256').update(token).digest('hex'),
        ])
          expect(text).not.toContain(form);
      }
    }
    expect(service.log.join()).not.toContain(secret);
  });

  describe('with links of their own', () => {
    const linkIn = async (email: string): Promise<string> =>
      /https?:\/\/\S+/.exec((await mailsTo(service, email))[0]?.text ?? '')?.[0] ?? '';

    it.each([
      ['https://shop.example/verify', 'https://shop.example/verify?token='],
      ['https://shop.example/v?lang=de&x=1', 'https://shop.example/v?lang=de&x=1&token='],
      ['https://shop.example', 'https://shop.example/?token='],
      ['https://shop.example/v?token=old', 'https://shop.example/v?token='],
    ])('verifyEmailUrl %s stands in the verification mail, whose token verifies', async (base, start) => {
      const headers = await newApplication(service, { verifyEmailUrl: base });
      const { email } = await channelUser(service, { headers });
      const link = await linkIn(email);
      expect(link.startsWith(start)).toBe(true);
      const token = new URL(link).searchParams.getAll('token');
      expect(token).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
      expect((await send('GET', `${service.url}/api/v1/auth/verify-email/${token[0]}`)).status).toBe(200);
    });

    it.each([
      ['https://shop.example/new-password', 'https://shop.example/new-password?token='],
      ['https://shop.example/r?lang=de', 'https://shop.example/r?lang=de&token='],
    ])('passwordResetUrl %s stands in the reset mail, whose token resets', async (base, start) => {
      const headers = await newApplication(service, { passwordResetUrl: base });
      const { email } = await channelUser(service, { headers });
      expect(await linkIn(email)).toMatch(/\/api\/v1\/auth\/verify-email\//);
      await askChannel(service, 'forgot-password', { email }, headers);
      const link = await linkIn(email);
      expect(link.startsWith(start)).toBe(true);
      const token = new URL(link).searchParams.get('token');
      const body = { token, password: 'a newer password', passwordConfirmation: 'a newer password' };
      expect((await askChannel(service, 'reset-password', body)).status).toBe(200);
    });

    it("are not in the mails that other applications and contracts cause, whatever the request's Host says", async () => {
      const urls = { verifyEmailUrl: 'https://shop.example/v', passwordResetUrl: 'https://shop.example/r' };
      const { email } = await channelUser(service, { headers: await newApplication(service, urls) });
      expect(await linkIn(email)).toMatch(/^https:\/\/shop\.example\/v\?token=/);
      const evil = {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        origin: 'https://evil.example',
      };
      await askChannel(service, 'forgot-password', { email }, evil);
      expect(await linkIn(email)).toMatch(/^http:\/\/localhost:8060\/reset-password\?token=/);
      service.clock.advance(60_000);
      await askChannel(service, 'resend-verification', { email }, evil);
      expect(await linkIn(email)).toMatch(/^http:\/\/localhost:8060\/api\/v1\/auth\/verify-email\//);
    });
  });
});
