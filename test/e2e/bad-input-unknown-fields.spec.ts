import { type Answer, bearer, send } from '../support/http.js';
import {
  CONTRACT_IDS,
  type ContractId,
  demandedHeaders,
  freshName,
  type OpenAccount,
  openAccount,
  PASSWORD,
} from '../support/open-account.js';
import { type Service, startService } from '../support/start-service.js';

interface Registration {
  readonly path: string;
  readonly success: number;
  /** What is stored of an account that is registered by `body`, beside its names. */
  readonly stored: Record<string, unknown>;
  readonly body: (username: string) => Record<string, string>;
}

const NAMELESS = { first_name: null, last_name: null, phone_number: null };
const person = (username: string) => ({ email: `${username}@example.com`, password: PASSWORD });

const REGISTRATIONS: Record<ContractId, Registration> = {
  token: {
    path: '/v1/auth/token/register',
    success: 201,
    stored: { status: 'ACTIVE', ...NAMELESS },
    body: (username) => ({ username, ...person(username), password_confirm: PASSWORD }),
  },
  camel: {
    path: '/api/v1/auth/register',
    success: 201,
    stored: { status: 'PENDING', ...NAMELESS },
    body: (username) => ({ username, ...person(username) }),
  },
  channel: {
    path: '/api/auth/register',
    success: 201,
    stored: { status: 'PENDING', first_name: 'John', last_name: 'Doe', phone_number: '+1234567890' },
    body: (username) => ({
      firstName: 'John',
      lastName: 'Doe',
      ...person(username),
      passwordConfirmation: PASSWORD,
      phoneNumber: '+1234567890',
    }),
  },
  jsend: {
    path: '/api/auth/register',
    success: 200,
    stored: { status: 'ACTIVE', first_name: 'John', last_name: 'Doe', phone_number: null },
    body: (username) => ({ fullName: 'John Doe', ...person(username) }),
  },
  snake: {
    path: '/api/auth/register',
    success: 200,
    // accepted and not stored, as documented
    stored: { status: 'ACTIVE', ...NAMELESS },
    body: (username) => ({ first_name: 'MARKER', last_name: 'MARKER', username, ...person(username) }),
  },
};

/** A field for each column of an account, in both spellings, and for what other services are fooled by. */
const MORE = {
  id: 424242,
  userId: 424242,
  uuid: '00000000-0000-4000-8000-424242424242',
  username: 'MARKER',
  role: 'ADMIN',
  roles: ['ADMIN'],
  isAdmin: true,
  is_admin: true,
  status: 'BLOCKED',
  is_active: false,
  is_blocked: true,
  emailVerifiedAt: '2020-01-01T00:00:00Z',
  email_verified_at: '2020-01-01T00:00:00Z',
  emailVerified: true,
  verifiesEmail: 'MARKER',
  usernameKey: 'MARKER',
  username_key: 'MARKER',
  emailKey: 'MARKER',
  email_key: 'MARKER',
  passwordHash: 'MARKER',
  password_hash: 'MARKER',
  credentialVersion: 77,
  credential_version: 77,
  firstName: 'MARKER',
  lastName: 'MARKER',
  full_name: 'MARKER',
  phoneNumber: 'MARKER',
  phone_number: 'MARKER',
  profileImage: { name: 'MARKER', link: 'https://example.com/MARKER' },
  profileImageLink: 'https://example.com/MARKER',
  profile_image_link: 'https://example.com/MARKER',
  createdAt: '2020-01-01T00:00:00Z',
  created_at: '2020-01-01T00:00:00Z',
  lastLoginAt: '2020-01-01T00:00:00Z',
};

/** Keys that mean something to JavaScript and nothing to us. */
const ODD_KEYS = [
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'length',
  'toAccount',
  '',
  'a.b',
  '$ne',
];

describe('a body with more than is documented', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const register = (
    contract: ContractId,
    body: unknown,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ): Promise<Answer> =>
    send('POST', `${service.url}/${contract}${REGISTRATIONS[contract].path}`, {
      headers: { ...demandedHeaders(contract), ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const rowOf = async (email: string) => {
    const text = 'SELECT u.*, u::text AS whole FROM users u WHERE email = $1';
    return (await service.database.query<Record<string, unknown>>(text, [email]))[0];
  };

  it.each(CONTRACT_IDS)('%s: no field reaches a column that it does not document', async (contract) => {
    const { body, stored, success } = REGISTRATIONS[contract];
    const account = body(freshName());
    const answer = await register(contract, { ...MORE, ...account });
    expect(answer).toMatchObject({ status: success });
    expect(answer.text).not.toMatch(/MARKER|424242|2020-01-01/);
    const row = await rowOf(account['email'] as string);
    expect(row).toMatchObject({
      role: 'USER',
      email_verified_at: null,
      username: account['username'] ?? null,
      username_key: account['username'] ?? null,
      email_key: account['email'],
      credential_version: 1,
      profile_image_link: null,
      ...stored,
    });
    expect(row?.['whole']).not.toMatch(/MARKER|424242|2020-01-01/);
  });

  it.each(CONTRACT_IDS)('%s: keys that mean something to JavaScript are ignored', async (contract) => {
    const { body, success } = REGISTRATIONS[contract];
    for (const value of ['MARKER', 1, null, { MARKER: true }]) {
      const account = body(freshName());
      const odd = Object.fromEntries(ODD_KEYS.map((key) => [key, value]));
      const answer = await register(contract, { ...odd, ...account });
      expect(answer).toMatchObject({ status: success });
      expect(answer.text).not.toContain('MARKER');
      expect((await rowOf(account['email'] as string))?.['whole']).not.toContain('MARKER');
    }
  });

  it.each(CONTRACT_IDS)('%s: of a key that comes twice the last one counts', async (contract) => {
    const { body, success } = REGISTRATIONS[contract];
    const [first, last] = [body(freshName()), body(freshName())];
    const text = JSON.stringify({ FIRST: first['email'], ...last }).replace('"FIRST"', '"email"');
    expect(await register(contract, text)).toMatchObject({ status: success });
    expect(await rowOf(first['email'] as string)).toBeUndefined();
    expect(await rowOf(last['email'] as string)).toBeDefined();
  });

  it.each(CONTRACT_IDS)('%s: a byte order mark, blanks and a charset are no fault', async (contract) => {
    const { body, success } = REGISTRATIONS[contract];
    for (const type of [
      'application/json; charset=utf-8',
      'application/json;charset=UTF-8',
      'APPLICATION/JSON',
    ]) {
      const text = `\ufeff \r\n\t${JSON.stringify(body(freshName()), null, 2)}\n`;
      expect(await register(contract, text, { 'content-type': type })).toMatchObject({ status: success });
    }
  });

  describe('of an update', () => {
    let account: OpenAccount;
    beforeAll(async () => {
      account = await openAccount(service);
    });

    const update = (body: unknown): Promise<Answer> =>
      send('PATCH', `${service.url}/api/users/me`, { headers: bearer(account.snake.accessToken), body });

    it('nothing is changed by what it does not document', async () => {
      const before = await rowOf(account.email);
      const more = { ...MORE, email: 'MARKER@example.com', password: 'MARKER MARKER' };
      const answer = await update(more);
      expect(answer).toMatchObject({
        status: 200,
        json: {
          data: {
            user: { username: account.username, email: account.email, role: 'user', is_blocked: false },
          },
        },
      });
      expect(await rowOf(account.email)).toEqual(before);
    });

    it('only what it documents is changed', async () => {
      const before = (await rowOf(account.email)) as Record<string, unknown>;
      const documented = { first_name: 'Alice', last_name: 'Doe', avatar_url: 'https://example.com/a.jpg' };
      expect(await update({ ...MORE, ...documented })).toMatchObject({
        status: 200,
        json: { data: { user: { ...documented, full_name: 'Alice Doe' } } },
      });
      expect(await rowOf(account.email)).toEqual({
        ...before,
        first_name: 'Alice',
        last_name: 'Doe',
        profile_image_link: 'https://example.com/a.jpg',
        whole: expect.not.stringMatching(/MARKER|424242|2020-01-01/),
      });
    });

    it.each(ODD_KEYS)('the key "%s" is ignored', async (key) => {
      const before = await rowOf(account.email);
      for (const value of ['MARKER', 1, null, { MARKER: true }])
        expect(await update({ [key]: value })).toMatchObject({ status: 200 });
      expect(await rowOf(account.email)).toEqual(before);
    });
  });
});
