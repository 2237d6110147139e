import { send } from '../support/http.js';
import { freshName } from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';

const PASSWORD = 'correct horse battery';
const unique = (): string => freshName().slice(5);

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

interface Registration {
  readonly username?: string;
  readonly email?: string;
  readonly password?: string;
}

const registerThrough = {
  token: ({
    username = freshName(),
    email = `${freshName()}@example.com`,
    password = PASSWORD,
  }: Registration) =>
    send('POST', `${service.url}/token/v1/auth/token/register`, {
      body: { username, password, password_confirm: password, email },
    }),
  camel: ({
    username = freshName(),
    email = `${freshName()}@example.com`,
    password = PASSWORD,
  }: Registration) =>
    send('POST', `${service.url}/camel/api/v1/auth/register`, { body: { username, email, password } }),
};
const CONTRACTS = ['token', 'camel'] as const;

const logIn = async (username: string, password: string): Promise<number> =>
  (await send('POST', `${service.url}/camel/api/v1/auth/login`, { body: { username, password } })).status;

const stored = async (column: 'username' | 'email', value: string) =>
  (
    await service.database.query<{ username: string; email: string }>(
      `SELECT username, email FROM users WHERE ${column} = $1`,
      [value],
    )
  )[0];

describe.each(CONTRACTS)('usernames through %s', (contract) => {
  it.each([
    'ab',
    'a'.repeat(51),
    'a b c',
    'mary@home',
    'a@b.co',
    'ümlaut',
    'a/b/c',
    'a+b+c',
    'na\u200bme',
    'аdmin',
    'a\nbc',
    'ａｂｃ',
    'K\u212Aelvin',
  ])('refuses %j', async (username) =>
    expectRefusal(await registerThrough[contract]({ username }), contract, 400, ['username']),
  );

  it.each(['   ', '\t\n', '  ab  '])('refuses %j, of which trimming leaves too little', async (username) =>
    expectRefusal(await registerThrough[contract]({ username }), contract, 400, ['username']),
  );

  it.each([
    ['3 characters', () => unique().slice(0, 3)],
    ['50 characters', () => unique().padEnd(50, 'x')],
    ['every permitted kind', () => `A.b_c-9${unique()}`],
    ['punctuation alone at the ends', () => `.${unique()}-`],
    ['digits alone', () => String(parseInt(unique(), 16))],
  ])('accepts one of %s', async (_, make) => {
    const username = make();
    expect(await registerThrough[contract]({ username })).toMatchObject({ status: 201 });
    expect(await stored('username', username)).toBeDefined();
  });

  it('trims blanks at the ends, also for uniqueness, and ignores case', async () => {
    const username = `Trim-${unique()}`;
    const answer = await registerThrough[contract]({ username: ` \t${username}\u00a0\n` });
    expect(answer).toMatchObject({ status: 201, json: { username } });
    expect(await stored('username', username)).toBeDefined();
    for (const again of [username, ` ${username}`, username.toUpperCase()]) {
      expectRefusal(await registerThrough[contract]({ username: again }), contract, 409);
    }
    expect(await logIn(` ${username.toUpperCase()} `, PASSWORD)).toBe(200);
  });
});

describe.each(CONTRACTS)('e-mail addresses through %s', (contract) => {
  it.each([
    'plain',
    '@example.com',
    'a@',
    'a@b',
    'a@@example.com',
    'a@b@example.com',
    'a b@example.com',
    'a@exam ple.com',
    'a@example..com',
    '.a@example.com',
    'a.@example.com',
    'a..b@example.com',
    'a@-example.com',
    'a@example.com.',
    'a@example.com\nBcc: b@example.com',
    'a@example.com,b@example.com',
    'Mary <a@example.com>',
    `${'a'.repeat(65)}@example.com`,
  ])('refuses %j', async (email) =>
    expectRefusal(await registerThrough[contract]({ email }), contract, 400, ['email']),
  );

  it.each([
    ['tags and dots', () => `${unique()}.x+tag@mail.example.co.uk`],
    ['an apostrophe', () => `o'${unique()}@example.com`],
    [
      '254 characters',
      () => `${unique().padEnd(60, 'e')}@${`${'d'.repeat(60)}.`.repeat(3)}${'d'.repeat(6)}.com`,
    ],
  ])('accepts one with %s, as it was given', async (_, make) => {
    const email = make();
    expect(await registerThrough[contract]({ email })).toMatchObject({ status: 201 });
    expect(await stored('email', email)).toBeDefined();
  });

  it('trims it, keeps its case and knows it in any', async () => {
    const email = `Mary.${unique()}@Example.COM`;
    expect(await registerThrough[contract]({ email: `  ${email} ` })).toMatchObject({ status: 201 });
    expect(await stored('email', email)).toBeDefined();
    for (const again of [email, email.toLowerCase(), ` ${email.toUpperCase()}`]) {
      expectRefusal(await registerThrough[contract]({ email: again }), contract, 409);
    }
    expect(await logIn(` ${email.toUpperCase()} `, PASSWORD)).toBe(200);
  });
});

const EMOJI = '😀';
const COMBINED = 'e\u0301';

describe.each(CONTRACTS)('passwords through %s', (contract) => {
  it.each([
    ['7 characters', 'x'.repeat(7)],
    ['129 characters', 'x'.repeat(129)],
    ['7 emoji, which are 14 UTF-16 units', EMOJI.repeat(7)],
    ['129 emoji', EMOJI.repeat(129)],
    ['8 code points of which NFC makes 7', `${COMBINED}123456`],
    ['129 accented letters', '\u00e9'.repeat(129)],
  ])('refuses one of %s', async (_, password) =>
    expectRefusal(await registerThrough[contract]({ password }), contract, 400, ['password']),
  );

  it.each([
    ['8 characters', 'x'.repeat(8)],
    ['128 characters', 'x'.repeat(128)],
    ['8 emoji', EMOJI.repeat(8)],
    ['128 emoji, which are 512 bytes', EMOJI.repeat(128)],
    ['256 code points of which NFC makes 128', COMBINED.repeat(128)],
    ['8 marks that combine with nothing', '\u0301'.repeat(8)],
    ['blanks alone', ' '.repeat(8)],
    ['control characters', 'a\tb\nc\rd\u0001'],
  ])('accepts one of %s, and logs in with it alone', async (_, password) => {
    const username = freshName();
    expect(await registerThrough[contract]({ username, password })).toMatchObject({ status: 201 });
    expect(await logIn(username, password)).toBe(200);
    const shorter = [...password].slice(0, -1).join('');
    expect(await logIn(username, shorter)).toBe(401);
  });

  it('keeps blanks at the ends', async () => {
    const username = freshName();
    const password = '  two blanks  ';
    expect(await registerThrough[contract]({ username, password })).toMatchObject({ status: 201 });
    expect(await logIn(username, password.trim())).toBe(401);
    expect(await logIn(username, ` ${password}`)).toBe(401);
    expect(await logIn(username, password)).toBe(200);
  });

  it.each([
    ['composed, then decomposed', 'Zürich-Café'.normalize('NFC'), 'Zürich-Café'.normalize('NFD')],
    ['decomposed, then composed', 'Zürich-Café'.normalize('NFD'), 'Zürich-Café'.normalize('NFC')],
  ])('knows a password in either spelling: %s', async (_, registered, typed) => {
    expect(registered).not.toBe(typed);
    const username = freshName();
    expect(await registerThrough[contract]({ username, password: registered })).toMatchObject({
      status: 201,
    });
    expect(await logIn(username, typed)).toBe(200);
    expect(await logIn(username, 'Zurich-Cafe')).toBe(401);
  });

  it('tells passwords of 100 characters apart that differ in the last one, and in case', async () => {
    const username = freshName();
    const password = `${'p'.repeat(99)}A`;
    expect(await registerThrough[contract]({ username, password })).toMatchObject({ status: 201 });
    expect(await logIn(username, `${'p'.repeat(99)}B`)).toBe(401);
    expect(await logIn(username, `${'p'.repeat(99)}a`)).toBe(401);
    expect(await logIn(username, password)).toBe(200);
  });
});

describe('the repetition of a password', () => {
  it('must be the same as the password, to the character', async () => {
    const url = `${service.url}/token/v1/auth/token/register`;
    const username = freshName();
    for (const password_confirm of ['correct horse batterY', `${PASSWORD} `, 'another password']) {
      const body = { username, email: `${username}@example.com`, password: PASSWORD, password_confirm };
      expectRefusal(await send('POST', url, { body }), 'token', 400, ['password_confirm']);
    }
    expect(await stored('username', username)).toBeUndefined();
  });
});
