import { Clients } from '@gatehouse/clients';
import { send } from '../support/http.js';
import { type Application, ChannelClient, DEVELOPMENT_APPLICATION } from './clients/channel.client.js';
import type { Outcome, Tokens } from './clients/contract-client.js';
import { claimsOf } from './support/claims.js';
import { expectRefused, logIn, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const OWN = 'another application';
const NONE: Tokens = { access: '', refresh: '' };

const service = useService();
/** Development's own application, through two of its channels; and another one. */
const web = new ChannelClient(service.url, 'prefix');
const ios = new ChannelClient(service.url, 'prefix', { ...DEVELOPMENT_APPLICATION, channel: 'ios' });
let other: ChannelClient;

beforeAll(async () => {
  const clients = service.running.nest.get(Clients, { strict: false });
  const { secret } = await clients.create({ name: OWN, kind: 'public', channels: ['tv'], scopes: [] });
  other = new ChannelClient(service.url, 'prefix', { apiToken: secret, channel: 'tv' });
});

describe('a session that one client application opened', () => {
  it('is used, listed and ended through another one', async () => {
    const { tokens } = await service.loggedIn(web);
    expect((await other.check(tokens.access)).verdict).toBe('valid');
    expect((await other.logOut(tokens.access)).status).toBe(200);
    expect((await web.check(tokens.access)).verdict).toBe('revoked');
  });

  it('is not refreshed through another one, and is left as it was', async () => {
    const { tokens } = await service.loggedIn(web);
    const before = await service.storedSession(tokens);
    const outcome = await other.refresh(tokens);
    expectRefused(other, outcome, 401);
    expect(outcome.tokens).toEqual(NONE);
    expect(await service.storedSession(tokens)).toEqual(before);
    const { status, tokens: next } = await web.refresh(tokens);
    expect(status).toBe(200);
    // neither does a spent one count as stolen there
    expectRefused(other, await other.refresh(tokens), 401);
    expect((await web.refresh(next)).status).toBe(200);
  });

  it('of another application is not refreshed through development’s either', async () => {
    const { tokens } = await service.loggedIn(other);
    expectRefused(web, await web.refresh(tokens), 401);
    expect((await other.refresh(tokens)).status).toBe(200);
  });

  it('is refreshed through another channel of the same one, and keeps the channel that it began with', async () => {
    const { tokens } = await service.loggedIn(web);
    const { status, tokens: next } = await ios.refresh(tokens);
    expect(status).toBe(200);
    expect(await service.storedSession(next)).toMatchObject({ channel: 'web', gen: 2 });
  });

  describe('is listed with its channel through', () =>
    whereOffered(service.clients, ['listSessions'], (lister) => {
      it('as it was opened', async () => {
        const person = await service.registered(web);
        await logIn(ios, person);
        const { access } = await logIn(other, person);
        const { sessions } = await lister.listSessions(access, claimsOf(access).uid);
        expect(sessions.map(({ contract, channel }) => [contract, channel])).toEqual([
          ['channel', 'tv'],
          ['channel', 'ios'],
          ['channel', 'web'],
        ]);
      });
    }));
});

describe.each(['prefix', 'root'] as const)('the headers of channel.md, at the %s', (addressing) => {
  const as = (application: Partial<Application>): ChannelClient =>
    new ChannelClient(service.url, addressing, { ...DEVELOPMENT_APPLICATION, ...application });

  const calls: readonly (readonly [string, (client: ChannelClient, tokens: Tokens) => Promise<Outcome>])[] = [
    ['login', (client) => client.logIn('nobody@example.com', 'a password')],
    ['register', (client) => client.register(service.newPerson(client))],
    ['logout', (client, { access }) => client.logOut(access)],
    ['forgot-password', (client) => client.requestReset('nobody@example.com')],
    ['reset-password', (client) => client.confirmReset('token', 'a password')],
    [
      'verify-email',
      (client) => client.verifyEmail({ link: '', code: '123456', email: 'nobody@example.com' }),
    ],
    ['refresh-token', (client, tokens) => client.refresh(tokens)],
  ];

  it.each(calls)('%s demands both, and refuses before it does anything', async (_, call) => {
    const { tokens } = await service.loggedIn(web);
    const before = await service.storedSession(tokens);
    for (const apiToken of ['', 'unknown', 'dev-gateway-secret', 'dev-api-token, dev-api-token']) {
      const outcome = await call(as({ apiToken }), tokens);
      expectRefused(web, outcome, 401);
      expect(outcome.body.message).toBe('Invalid Api-Token');
    }
    for (const channel of ['', 'tv', 'WEB', 'web, ios']) {
      const outcome = await call(as({ channel }), tokens);
      expectRefused(web, outcome, 400);
      expect(outcome.body.message).toMatch(/channel/);
    }
    expect(await service.storedSession(tokens)).toEqual(before);
  });

  it('are missed by name where they are not sent at all', async () => {
    const { username, password } = await service.registered(web);
    const body = { email: username, password };
    const path = `${addressing === 'prefix' ? '/channel' : ''}/api/auth/login`;
    const ask = (headers: Record<string, string>) =>
      send('POST', `${service.url()}${path}`, { headers, body });
    expect(await ask({})).toMatchObject({ status: 401, json: { message: 'Invalid Api-Token' } });
    expect(await ask({ channel: 'web' })).toMatchObject({ status: 401, json: { statusCode: 401 } });
    expect(await ask({ 'api-token': 'dev-api-token' })).toMatchObject({
      status: 400,
      json: { statusCode: 400 },
    });
    expect((await ask({ 'api-token': 'dev-api-token', channel: 'android' })).status).toBe(200);
  });
});
