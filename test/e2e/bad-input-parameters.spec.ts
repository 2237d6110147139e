import { type Answer, bearer, send } from '../support/http.js';
import { CONTRACT_IDS, isLive, type OpenAccount, openAccount } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

const WRONG_NUMBERS = [
  '0',
  '-1',
  '1.5',
  '1e1',
  '0x1',
  '%2B1',
  '+1',
  '%201',
  '1%20',
  'abc',
  '',
  'null',
  'NaN',
  '%00',
  '١',
];

/** A query, and the parameter that is refused. */
const WRONG_LISTS: [query: string, field: string][] = [
  ...['page', 'per_page'].flatMap((name) => [
    ...WRONG_NUMBERS.map((value): [string, string] => [`${name}=${encodeURI(value)}`, name]),
    [`${name}`, name] as [string, string],
    [`${name}=1&${name}=2`, name] as [string, string],
    [`${name}=99999999999999999999`, name] as [string, string],
  ]),
  ['page=2147483648', 'page'],
  ['per_page=101', 'per_page'],
  ...['1', 'yes', 'TRUE', '', 'truefalse', '%00'].map((value): [string, string] => [
    `active=${value}`,
    'active',
  ]),
  ['active', 'active'],
  ['active=true&active=true', 'active'],
];

const WRONG_USERS = [
  'abc',
  '-1',
  '+1',
  '1e3',
  '1.0',
  '1%2e0',
  '%00',
  '1%00',
  '%201',
  '0x1',
  '9'.repeat(23),
  '١',
];
const UNREADABLE = ['%zz', '%', '%c3%28', '%ed%a0%80', '%e0%80'];

const UUID = '00000000-0000-4000-8000-000000000000';
const WRONG_SESSIONS = [
  'abc',
  '1',
  UUID.replaceAll('-', ''),
  `%7B${UUID}%7D`,
  `${UUID}0`,
  `${UUID}%00`,
  `${UUID}%0a`,
];

describe('parameters of the session endpoints', () => {
  let service: Service;
  let account: OpenAccount;
  beforeAll(async () => {
    service = await startService();
    account = await openAccount(service);
  });
  afterAll(() => service.stop());

  const ask = (method: string, path: string): Promise<Answer> =>
    send(method, `${service.url}/token/v1/sessions/${path}`, { headers: bearer(account.token.accessToken) });

  it.each(WRONG_LISTS)('the list refuses ?%s', async (query, field) => {
    expectRefusal(await ask('GET', `users/${account.id}?${query}`), 'token', 400, [field]);
  });

  it('the list names every wrong parameter, in the documented order', async () => {
    const answer = await ask('GET', `users/${account.id}?active=x&per_page=x&page=x`);
    expectRefusal(answer, 'token', 400, ['page', 'per_page', 'active']);
  });

  it.each([
    ['', { page: 1, per_page: 20, total: CONTRACT_IDS.length, total_pages: 1 }],
    ['?page=1&per_page=100&active=true', { page: 1, per_page: 100, total: CONTRACT_IDS.length }],
    [
      '?page=2147483647&per_page=100',
      { page: 2147483647, per_page: 100, total: CONTRACT_IDS.length, data: [] },
    ],
    // another name, and so an unknown parameter
    ['?page[]=7&page[a]=7&PAGE=7&limit=7&__proto__=7&constructor=7', { page: 1, per_page: 20 }],
    ['?%zz=1&=&&', { page: 1, per_page: 20 }],
  ])('the list accepts %s', async (query, expected) => {
    const { status, json } = await ask('GET', `users/${account.id}${query}`);
    expect({ status, json }).toMatchObject({ status: 200, json: expected });
  });

  it.each(['1', 'yes', 'TRUE', '', '%00', 'true&except_current=true'])(
    'ending all sessions refuses ?except_current=%s and ends none',
    async (value) => {
      const before = await storedState(service.database);
      const answer = await ask('DELETE', `users/${account.id}?except_current=${value}`);
      expectRefusal(answer, 'token', 400, ['except_current']);
      expect(await storedState(service.database)).toEqual(before);
    },
  );

  it.each(['GET', 'DELETE'])('%s refuses a user id that is no number', async (method) => {
    for (const id of WRONG_USERS) {
      expectRefusal(await ask(method, `users/${encodeURI(id).replaceAll('%25', '%')}`), 'token', 400, [
        'userId',
      ]);
    }
  });

  it.each(['GET', 'DELETE'])('%s refuses a user id that cannot be read', async (method) => {
    for (const id of [...UNREADABLE, '1'.repeat(2_000)]) {
      expectRefusal(await ask(method, `users/${id}`), 'token', 400);
    }
  });

  it.each(['GET', 'DELETE'])(
    "%s of a number that is too large for anybody's id is somebody else's",
    async (method) => {
      for (const id of ['9007199254740993', '9223372036854775807', '9'.repeat(19), '0']) {
        expectRefusal(await ask(method, `users/${id}`), 'token', 403);
      }
    },
  );

  it('refuses a session id that is no UUID', async () => {
    for (const id of WRONG_SESSIONS) expectRefusal(await ask('DELETE', id), 'token', 400, ['sessionId']);
    for (const id of UNREADABLE) expectRefusal(await ask('DELETE', id), 'token', 400);
    expect(await isLive(service, account.token)).toBe(true);
  });
});

describe('the token of a verification link', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const WRONG_TOKENS = [
    '%00',
    'abc%00def',
    '%20',
    '..%2f..%2fetc%2fpasswd',
    "'%20OR%201=1--",
    '%f0%9f%98%80',
    'x'.repeat(512),
    'x'.repeat(1_000),
    'x'.repeat(2_000),
    ...UNREADABLE,
  ];
  const titled = WRONG_TOKENS.map((token): [string, string] => [token.slice(0, 40), token]);
  it.each(titled)('is refused in the words of the contract: %s', async (_, token) => {
    for (const prefix of ['', '/camel']) {
      expectRefusal(
        await send('GET', `${service.url}${prefix}/api/v1/auth/verify-email/${token}`),
        'camel',
        400,
      );
    }
  });
});
