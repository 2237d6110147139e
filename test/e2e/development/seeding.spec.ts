import { type Answer, send } from '../../support/http.js';
import { camel, freshName, PASSWORD, token } from '../../support/race-client.js';
import { type Service, startService } from '../../support/start-service.js';

describe('accounts and applications for tests', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const post = (path: string, body: unknown): Promise<Answer> =>
    send('POST', `${service.url}${path}`, { body });
  const makeUser = (body: object): Promise<Answer> => {
    const username = freshName();
    return post('/dev/users', { username, email: `${username}@example.com`, password: PASSWORD, ...body });
  };

  it('makes an account with an address alone, as an active user', async () => {
    const email = `${freshName()}@Example.com`;
    const { status, json } = await post('/dev/users', { email: ` ${email} `, password: 'abc123456' });
    expect({ status, json }).toEqual({
      status: 201,
      json: {
        id: expect.any(Number),
        uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        username: null,
        email,
        firstName: null,
        lastName: null,
        phoneNumber: null,
        role: 'USER',
        status: 'ACTIVE',
        emailVerified: true,
        createdAt: expect.stringMatching(/Z$/),
      },
    });
    expect((await token.login(service.url, email, 'abc123456')).status).toBe(200);
    expect(await service.database.query('SELECT FROM mails WHERE recipient = $1', [email])).toEqual([]);
  });

  it.each([
    ['PENDING', 'USER', false],
    ['ACTIVE', 'USER', true],
    ['ACTIVE', 'ADMIN', false],
    ['BLOCKED', 'USER', true],
    ['BLOCKED', 'ADMIN', false],
  ])('makes a %s %s, verified or not (%s)', async (state, role, emailVerified) => {
    const { status, json } = await makeUser({ status: state, role, emailVerified });
    expect({ status, json }).toEqual({
      status: 201,
      json: expect.objectContaining({ status: state, role, emailVerified }),
    });
    const login = await camel.login(service.url, json.username);
    expect(login.status).toBe(state === 'BLOCKED' ? 423 : 200);
    if (state !== 'BLOCKED') expect(login.json.role).toBe(`ROLE_${role}`);
  });

  it('takes null for what may be left out, and a PENDING account is not verified', async () => {
    const { json } = await makeUser({ firstName: null, role: null, emailVerified: null, status: 'PENDING' });
    expect(json).toMatchObject({ firstName: null, role: 'USER', emailVerified: false });
  });

  it.each([
    ['username', 'username_taken', (name: string) => ({ username: name.toUpperCase() })],
    ['address', 'email_taken', (name: string) => ({ email: `${name}@EXAMPLE.com` })],
  ])('refuses a taken %s: 409', async (_, code, taken) => {
    const { json: first } = await makeUser({});
    const { status, json } = await makeUser(taken(first.username));
    expect([status, json.code]).toEqual([409, code]);
  });

  it.each([
    ['email', { email: 'nowhere' }],
    ['password', { password: 'seven77' }],
    ['username', { username: 'a@b' }],
    ['role', { role: 'KING' }],
    ['status', { status: 'active' }],
    ['emailVerified', { emailVerified: 'yes' }],
    ['emailVerified', { status: 'PENDING', emailVerified: true }],
    ['firstName', { firstName: 'x'.repeat(101) }],
  ])('refuses a wrong %s: 400', async (field, body) => {
    const { status, json } = await makeUser(body);
    expect([status, json.code, json.errors?.map((fault: { field: string }) => fault.field)]).toEqual([
      400,
      'validation_failed',
      [field],
    ]);
  });

  it('makes a public application, whose Api-Token works at once', async () => {
    const name = freshName();
    const body = { name, secret: `${name}-token`, channels: ['kiosk'] };
    const { status, json } = await post('/dev/clients', body);
    expect({ status, json }).toEqual({
      status: 201,
      json: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), kind: 'public', scopes: [], ...body },
    });
    const login = { email: 'admin', password: 'gatehouse-admin' };
    for (const [channel, expected] of [
      ['kiosk', 200],
      ['web', 400],
    ] as const) {
      const headers = { 'api-token': `${name}-token`, channel };
      const answer = await send('POST', `${service.url}/channel/api/auth/login`, { headers, body: login });
      expect(answer.status).toBe(expected);
    }
  });

  it('makes a secret where none is given, and a confidential application', async () => {
    const body = { name: freshName(), kind: 'confidential', scopes: ['introspect'] };
    const { status, json } = await post('/dev/clients', body);
    expect(status).toBe(201);
    expect(json).toMatchObject({ ...body, channels: [], secret: expect.stringMatching(/^[\w-]{43}$/) });
  });

  it('refuses a taken name and a taken secret: 409', async () => {
    for (const body of [
      { name: 'dev', secret: `${freshName()}-token` },
      { name: freshName(), secret: 'dev-api-token' },
    ]) {
      const { status, json } = await post('/dev/clients', { ...body, channels: ['web'] });
      expect([status, json.code]).toEqual([409, 'client_taken']);
    }
  });

  it.each([
    ['channels', {}],
    ['channels', { channels: 'web' }],
    ['channels', { channels: ['no blank'] }],
    ['scopes', { channels: ['web'], scopes: ['feed'] }],
    ['scopes', { kind: 'confidential', scopes: ['everything'] }],
    ['kind', { kind: 'secret', channels: ['web'] }],
    ['secret', { channels: ['web'], secret: 'with a blank' }],
    ['verifyEmailUrl', { channels: ['web'], verifyEmailUrl: 'app://verify' }],
  ])('refuses an application with wrong %s: 400', async (field, body) => {
    const { status, json } = await post('/dev/clients', { name: freshName(), ...body });
    expect([status, json.errors?.map((fault: { field: string }) => fault.field)]).toEqual([400, [field]]);
  });

  it('refuses whoever does not ask from this machine', async () => {
    for (const path of ['/dev/users', '/dev/clients', '/dev/clock', '/dev/reset'])
      for (const headers of [{ host: 'evil.example' }, { origin: 'https://evil.example' }])
        expect((await send('POST', `${service.url}${path}`, { headers, body: {} })).status).toBe(403);
    expect((await token.login(service.url, 'admin', 'gatehouse-admin')).status).toBe(200);
  });
});
