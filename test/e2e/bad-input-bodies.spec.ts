import {
  addressOf,
  ENDPOINTS_WITH_BODY,
  headersOf,
  type Holder,
  openHolder,
} from '../support/documented-bodies.js';
import { send } from '../support/http.js';
import { freshName } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const nested = (depth: number, open: string, close: string, inside = ''): string =>
  open.repeat(depth) + inside + close.repeat(depth);

/** What no body may be, made from the text of one that is accepted. */
const MALFORMED: Record<string, (good: string) => string | Uint8Array> = {
  'cut short': (good) => good.slice(0, -1),
  'two documents': (good) => good + good,
  'a trailing comma': (good) => good.replace(/}$/, ',}'),
  'single quotes': (good) => good.replaceAll('"', "'"),
  'a comment': (good) => `/* */${good}`,
  'a number': () => '1',
  'a string': () => '"text"',
  'a boolean': () => 'true',
  'an array': (good) => `[${good}]`,
  'an empty array': () => '[]',
  blanks: () => '   ',
  NaN: (good) => good.replace(/}$/, ',"x":NaN}'),
  'a raw control character': (good) => good.replace(/}$/, ',"x":"\u0001"}'),
  'an unfinished escape': (good) => good.replace(/}$/, ',"x":"\\u12"}'),
  'invalid UTF-8': (good) =>
    Buffer.concat([Buffer.from(good.slice(0, -1)), Buffer.from(',"x":"\xff"}', 'latin1')]),
  'a surrogate in UTF-8': (good) =>
    Buffer.concat([
      Buffer.from(`${good.slice(0, -1)},"x":"`),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from('"}'),
    ]),
  'UTF-16': (good) => Buffer.from(good, 'utf16le'),
  'brackets that never close': () => '['.repeat(60_000),
  'braces that never close': () => '{"a":'.repeat(12_000),
  __proto__: (good) => good.replace(/}$/, ',"__proto__":{"admin":true}}'),
  'an escaped __proto__': (good) => good.replace(/}$/, ',"\\u005f_proto__":{"admin":true}}'),
  'a __proto__ further down': (good) => good.replace(/}$/, ',"x":[{"__proto__":null}]}'),
  'constructor.prototype': (good) => good.replace(/}$/, ',"constructor":{"prototype":{"admin":true}}}'),
  'deep arrays in an unknown field': (good) => good.replace(/}$/, `,"x":${nested(20_000, '[', ']')}}`),
  'deep objects in an unknown field': (good) =>
    good.replace(/}$/, `,"x":${nested(8_000, '{"a":', '}', '1')}}`),
  'deep arrays in every field': (good) =>
    JSON.stringify(JSON.parse(good), (key, value: unknown) => (key === '' ? value : '@@')).replaceAll(
      '"@@"',
      nested(5_000, '[', ']'),
    ),
};

const CASES = ENDPOINTS_WITH_BODY.flatMap((endpoint) =>
  Object.entries(MALFORMED).map(([what, spoil]) => ({
    title: `${endpoint.contract} ${endpoint.path}: ${what}`,
    endpoint,
    spoil,
  })),
);

describe('a body that is no JSON object', () => {
  let service: Service;
  let holder: Holder;
  beforeAll(async () => {
    service = await startService();
    holder = await openHolder(service);
  });
  afterAll(() => service.stop());

  it.each(CASES)('$title', async ({ endpoint, spoil }) => {
    const before = await storedState(service.database);
    const answer = await send(endpoint.method, addressOf(service, endpoint), {
      headers: { ...JSON_TYPE, ...headersOf(endpoint, holder) },
      body: spoil(JSON.stringify(endpoint.body(holder))),
    });
    expectRefusal(answer, endpoint.contract, 400);
    expect(await storedState(service.database)).toEqual(before);
  });

  it.each(ENDPOINTS_WITH_BODY)(
    '$contract $path: null, {} and a huge number are fields that are missing or wrong',
    async (endpoint) => {
      const names = endpoint.fields.map(({ name }) => name);
      const wrong = `{${names.map((name) => `"${name}":1e999`).join()}}`;
      for (const body of ['null', '{}', ' {} ', wrong]) {
        const headers = { ...JSON_TYPE, ...headersOf(endpoint, holder) };
        expectRefusal(
          await send(endpoint.method, addressOf(service, endpoint), { headers, body }),
          endpoint.contract,
          400,
          names,
        );
      }
    },
  );
});

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

  const REGISTRATIONS = [
    { contract: 'token', path: '/token/v1/auth/token/register', status: 'ACTIVE' },
    { contract: 'camel', path: '/camel/api/v1/auth/register', status: 'PENDING' },
  ];
  const newcomer = () => {
    const username = freshName();
    const password = 'correct horse battery';
    return { username, email: `${username}@example.com`, password, password_confirm: password };
  };
  const rowOf = async (username: string) => {
    const text = 'SELECT u.*, u::text AS whole FROM users u WHERE username = $1';
    return (await service.database.query<Record<string, unknown>>(text, [username]))[0];
  };

  it.each(REGISTRATIONS)(
    '$contract: no field reaches a column that it does not document',
    async ({ path, status }) => {
      const account = newcomer();
      const more = {
        id: 424242,
        userId: 424242,
        uuid: '00000000-0000-4000-8000-424242424242',
        role: 'ADMIN',
        roles: ['ADMIN'],
        isAdmin: true,
        status: 'BLOCKED',
        emailVerifiedAt: '2020-01-01T00:00:00Z',
        email_verified_at: '2020-01-01T00:00:00Z',
        emailVerified: true,
        verifiesEmail: false,
        usernameKey: 'MARKER',
        emailKey: 'MARKER',
        passwordHash: 'MARKER',
        password_hash: 'MARKER',
        credentialVersion: 77,
        firstName: 'MARKER',
        lastName: 'MARKER',
        phoneNumber: 'MARKER',
        profileImageLink: 'MARKER',
        createdAt: '2020-01-01T00:00:00Z',
        lastLoginAt: '2020-01-01T00:00:00Z',
      };
      expect(await send('POST', service.url + path, { body: { ...more, ...account } })).toMatchObject({
        status: 201,
      });
      const row = await rowOf(account.username);
      expect(row).toMatchObject({
        role: 'USER',
        status,
        email_verified_at: null,
        username_key: account.username,
        email_key: account.email,
        credential_version: 1,
        first_name: null,
        last_name: null,
        phone_number: null,
        profile_image_link: null,
      });
      expect(row?.['whole']).not.toMatch(/MARKER|424242|2020-01-01/);
    },
  );

  it.each(REGISTRATIONS.flatMap((endpoint) => ODD_KEYS.map((key) => ({ ...endpoint, key }))))(
    '$contract: the key "$key" is ignored',
    async ({ path, key }) => {
      for (const value of ['MARKER', 1, null, { MARKER: true }]) {
        const account = newcomer();
        const answer = await send('POST', service.url + path, { body: { [key]: value, ...account } });
        expect(answer).toMatchObject({ status: 201 });
        expect(answer.text).not.toContain('MARKER');
        expect((await rowOf(account.username))?.['whole']).not.toContain('MARKER');
      }
    },
  );

  it.each(REGISTRATIONS)('$contract: of a key that comes twice the last one counts', async ({ path }) => {
    const [first, last] = [newcomer(), newcomer()];
    const body = JSON.stringify({ FIRST: first.username, ...last }).replace('"FIRST"', '"username"');
    expect(await send('POST', service.url + path, { headers: JSON_TYPE, body })).toMatchObject({
      status: 201,
    });
    expect(await rowOf(first.username)).toBeUndefined();
    expect(await rowOf(last.username)).toBeDefined();
  });

  it.each(REGISTRATIONS)(
    '$contract: a byte order mark, blanks and a charset are no fault',
    async ({ path }) => {
      for (const type of [
        'application/json; charset=utf-8',
        'application/json;charset=UTF-8',
        'APPLICATION/JSON',
      ]) {
        const body = `\ufeff \r\n\t${JSON.stringify(newcomer(), null, 2)}\n`;
        const answer = await send('POST', service.url + path, { headers: { 'content-type': type }, body });
        expect(answer).toMatchObject({ status: 201 });
      }
    },
  );
});
