import { type Answer, send } from '../support/http.js';
import {
  CONTRACT_IDS,
  type ContractId,
  demandedHeaders,
  freshName,
  PASSWORD,
} from '../support/open-account.js';
import { expectRefusal } from '../support/refusals.js';
import { type Service, startService } from '../support/start-service.js';

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

const PATHS: Record<ContractId, string> = {
  token: '/v1/auth/token/register',
  camel: '/api/v1/auth/register',
  channel: '/api/auth/register',
  jsend: '/api/auth/register',
  snake: '/api/auth/register',
};
const SUCCESS: Record<ContractId, number> = { token: 201, camel: 201, channel: 201, jsend: 200, snake: 200 };
/** Those whose accounts have usernames. */
const NAMING = ['token', 'camel', 'snake'] as const;

/** The contract's own registration; it ignores the fields of the others. */
function register(
  contract: ContractId,
  { username = freshName(), email = `${freshName()}@example.com`, password = PASSWORD }: Registration,
): Promise<Answer> {
  const names = { firstName: 'John', lastName: 'Doe', fullName: 'John Doe' };
  const repeated = { password_confirm: password, passwordConfirmation: password };
  return send('POST', `${service.url}/${contract}${PATHS[contract]}`, {
    headers: demandedHeaders(contract),
    body: { ...names, username, email, password, ...repeated },
  });
}

const logIn = async (username: string, password: string): Promise<number> =>
  (await send('POST', `${service.url}/camel/api/v1/auth/login`, { body: { username, password } })).status;

const stored = async (column: 'username' | 'email', value: string) =>
  (
    await service.database.query<{ username: string; email: string }>(
      `SELECT username, email, first_name, last_name FROM users WHERE ${column} = $1`,
      [value],
    )
  )[0];

describe.each(NAMING)('usernames through %s', (contract) => {
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
    expectRefusal(await register(contract, { username }), contract, 400, ['username']),
  );

  it.each(['   ', '\t\n', '  ab  '])('refuses %j, of which trimming leaves too little', async (username) =>
    expectRefusal(await register(contract, { username }), contract, 400, ['username']),
  );

  it.each([
    ['3 characters', () => unique().slice(0, 3)],
    ['50 characters', () => unique().padEnd(50, 'x')],
    ['every permitted kind', () => `A.b_c-9${unique()}`],
    ['punctuation alone at the ends', () => `.${unique()}-`],
    ['digits alone', () => String(parseInt(unique(), 16))],
  ])('accepts one of %s', async (_, make) => {
    const username = make();
    expect(await register(contract, { username })).toMatchObject({ status: SUCCESS[contract] });
    expect(await stored('username', username)).toBeDefined();
  });

  it('trims blanks at the ends, also for uniqueness, and ignores case', async () => {
    const username = `Trim-${unique()}`;
    const answer = await register(contract, { username: ` \t${username}\u00a0\n` });
    expect(answer.status).toBe(SUCCESS[contract]);
    expect(await stored('username', username)).toBeDefined();
    for (const again of [username, ` ${username}`, username.toUpperCase()]) {
      expectRefusal(await register(contract, { username: again }), contract, 409);
    }
    expect(await logIn(` ${username.toUpperCase()} `, PASSWORD)).toBe(200);
  });
});

describe.each(CONTRACT_IDS)('e-mail addresses through %s', (contract) => {
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
    expectRefusal(await register(contract, { email }), contract, 400, ['email']),
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
    expect(await register(contract, { email })).toMatchObject({ status: SUCCESS[contract] });
    expect(await stored('email', email)).toBeDefined();
  });

  it('trims it, keeps its case and knows it in any', async () => {
    const email = `Mary.${unique()}@Example.COM`;
    expect(await register(contract, { email: `  ${email} ` })).toMatchObject({ status: SUCCESS[contract] });
    expect(await stored('email', email)).toBeDefined();
    for (const again of [email, email.toLowerCase(), ` ${email.toUpperCase()}`]) {
      expectRefusal(await register(contract, { email: again }), contract, 409);
    }
    expect(await logIn(` ${email.toUpperCase()} `, PASSWORD)).toBe(200);
  });
});

const EMOJI = '😀';
const COMBINED = 'e\u0301';

describe.each(CONTRACT_IDS)('passwords through %s', (contract) => {
  it.each([
    ['7 characters', 'x'.repeat(7)],
    ['129 characters', 'x'.repeat(129)],
    ['7 emoji, which are 14 UTF-16 units', EMOJI.repeat(7)],
    ['129 emoji', EMOJI.repeat(129)],
    ['8 code points of which NFC makes 7', `${COMBINED}123456`],
    ['129 accented letters', '\u00e9'.repeat(129)],
  ])('refuses one of %s', async (_, password) =>
    expectRefusal(await register(contract, { password }), contract, 400, ['password']),
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
    const email = `${freshName()}@example.com`;
    expect(await register(contract, { email, password })).toMatchObject({ status: SUCCESS[contract] });
    expect(await logIn(email, password)).toBe(200);
    const shorter = [...password].slice(0, -1).join('');
    expect(await logIn(email, shorter)).toBe(401);
  });

  it('keeps blanks at the ends', async () => {
    const email = `${freshName()}@example.com`;
    const password = '  two blanks  ';
    expect(await register(contract, { email, password })).toMatchObject({ status: SUCCESS[contract] });
    expect(await logIn(email, password.trim())).toBe(401);
    expect(await logIn(email, ` ${password}`)).toBe(401);
    expect(await logIn(email, password)).toBe(200);
  });

  it.each([
    ['composed, then decomposed', 'Zürich-Café'.normalize('NFC'), 'Zürich-Café'.normalize('NFD')],
    ['decomposed, then composed', 'Zürich-Café'.normalize('NFD'), 'Zürich-Café'.normalize('NFC')],
  ])('knows a password in either spelling: %s', async (_, registered, typed) => {
    expect(registered).not.toBe(typed);
    const email = `${freshName()}@example.com`;
    expect(await register(contract, { email, password: registered })).toMatchObject({
      status: SUCCESS[contract],
    });
    expect(await logIn(email, typed)).toBe(200);
    expect(await logIn(email, 'Zurich-Cafe')).toBe(401);
  });

  it('tells passwords of 100 characters apart that differ in the last one, and in case', async () => {
    const email = `${freshName()}@example.com`;
    const password = `${'p'.repeat(99)}A`;
    expect(await register(contract, { email, password })).toMatchObject({ status: SUCCESS[contract] });
    expect(await logIn(email, `${'p'.repeat(99)}B`)).toBe(401);
    expect(await logIn(email, `${'p'.repeat(99)}a`)).toBe(401);
    expect(await logIn(email, password)).toBe(200);
  });
});

describe('the repetition of a password', () => {
  it.each([
    ['token', 'password_confirm'],
    ['channel', 'passwordConfirmation'],
  ] as const)('must be the same as the password, to the character: %s', async (contract, field) => {
    const email = `${freshName()}@example.com`;
    const body = { firstName: 'John', lastName: 'Doe', username: freshName(), email, password: PASSWORD };
    for (const again of ['correct horse batterY', `${PASSWORD} `, 'another password', ` ${PASSWORD}`]) {
      const answer = await send('POST', `${service.url}/${contract}${PATHS[contract]}`, {
        headers: demandedHeaders(contract),
        body: { ...body, [field]: again },
      });
      expectRefusal(answer, contract, 400, [field]);
    }
    expect(await stored('email', email)).toBeUndefined();
  });
});

describe('names of people', () => {
  const REFUSED = ['', ' ', '\t\n', '\u00a0\u2003'];
  const FIELDS = [
    ['channel', 'firstName', 'first_name', 100],
    ['channel', 'lastName', 'last_name', 100],
    ['jsend', 'fullName', 'first_name', 200],
  ] as const;

  const registerNamed = (contract: ContractId, field: string, name: string, email: string): Promise<Answer> =>
    send('POST', `${service.url}/${contract}${PATHS[contract]}`, {
      headers: demandedHeaders(contract),
      body: {
        firstName: 'John',
        lastName: 'Doe',
        email,
        password: PASSWORD,
        passwordConfirmation: PASSWORD,
        [field]: name,
      },
    });

  it.each(FIELDS)('%s: a %s that is blank is refused', async (contract, field) => {
    const email = `${freshName()}@example.com`;
    for (const name of REFUSED)
      expectRefusal(await registerNamed(contract, field, name, email), contract, 400, [field]);
    expect(await stored('email', email)).toBeUndefined();
  });

  it.each(FIELDS)('%s: a %s of any script is kept, trimmed', async (contract, field, column, most) => {
    for (const name of ["O'Brien-Müller", '王', 'א', '😀', 'x'.repeat(most), '<b>&amp;"', 'null', '-']) {
      const email = `${freshName()}@example.com`;
      const { status } = await registerNamed(contract, field, ` \t${name}\n`, email);
      expect({ name, status }).toEqual({ name, status: SUCCESS[contract] });
      expect(await stored('email', email)).toMatchObject({ [column]: name });
    }
  });
});
