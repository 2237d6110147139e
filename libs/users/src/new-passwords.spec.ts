import { loadConfig } from '@gatehouse/config';
import type { AuthError } from '@gatehouse/kernel';
import { NewPasswords } from './new-passwords.service.js';
import { PasswordBlocklist } from './password-blocklist.js';
import { PasswordHasher } from './password-hasher.js';
import { isOwnName } from './password-policy.js';
import { User } from './user.entity.js';

const OWNER = {
  username: 'Alice.Liddell',
  email: 'Alice.In.Wonderland@example.com',
  firstName: 'Alice Pleasance',
  lastName: 'Liddell-Hargreaves',
};

const passwordsWith = async (PASSWORD_BLOCKLIST: string) => {
  const config = loadConfig(
    { GATEHOUSE_MODE: 'development', ARGON2_COST: 'm=8,t=1,p=1', PASSWORD_BLOCKLIST },
    ['channel', 'jsend', 'snake'],
  );
  const blocklist = new PasswordBlocklist(config);
  await blocklist.onModuleInit();
  const hasher = new PasswordHasher(config);
  return { hasher, passwords: new NewPasswords(hasher, blocklist) };
};

/** The refused field and why, or undefined where the password was taken. */
async function refusalOf(hash: Promise<string>): Promise<unknown> {
  try {
    expect(await hash).toMatch(/^\$argon2id\$/);
    return undefined;
  } catch (error) {
    expect((error as AuthError).code).toBe('password_refused');
    return (error as AuthError).fields;
  }
}

const refused = (reason: string, field = 'password') => [
  { field, reason: expect.stringContaining(reason) as unknown },
];

describe("one's own name as a password", () => {
  it.each([
    'alice.liddell',
    'ALICE.IN.WONDERLAND@EXAMPLE.COM',
    'alice.in.wonderland',
    'alicepleasance',
    'Alice Pleasance',
    ' liddell-hargreaves ',
    'Alice Pleasance Liddell-Hargreaves',
    'alice\u00a0pleasance\tliddell-hargreaves',
  ])('%j is found', (password) => {
    expect(isOwnName(password, OWNER)).toBe(true);
  });

  it.each(['alice.liddell1', 'my alice.liddell', 'in.wonderland', 'example.com', '        ', '@example.com'])(
    '%j is none',
    (password) => {
      expect(isOwnName(password, OWNER)).toBe(false);
    },
  );

  it('is nothing where there is no name', () => {
    for (const owner of [
      { email: 'a@b.example' },
      { email: 'a@b.example', username: null, firstName: null, lastName: '' },
    ])
      expect(isOwnName('        ', owner)).toBe(false);
  });

  it('is the same letters however they are typed', () => {
    const owner = { email: 'a@b.example', firstName: 'Zoe\u0308 Fu\u0308rst' };
    expect(isOwnName('zo\u00eb f\u00fcrst', owner)).toBe(true);
  });
});

describe('a chosen password', () => {
  const common = ['password', 'PassWord1', 'iloveyou', 'qwertyuiop', '12345678', 'ABC123456'];

  it.each(common)(
    '%j is refused by the blocklist, in whatever case, and taken without it',
    async (password) => {
      const [on, off] = [await passwordsWith('true'), await passwordsWith('false')];
      expect(await refusalOf(on.passwords.forNew(OWNER, { password }))).toEqual(refused('most common'));
      expect(await refusalOf(off.passwords.forNew(OWNER, { password }))).toBeUndefined();
    },
  );

  it('that is not on the list is taken', async () => {
    const { passwords } = await passwordsWith('true');
    for (const password of ['correct horse battery', 'StrongP@ssw0rd', 'p\u00e4ssw\u00f6rter-2'])
      expect(await refusalOf(passwords.forNew(OWNER, { password }))).toBeUndefined();
  });

  it('must not be the current one, whichever way that is known, and the field has the name that it was given', async () => {
    const { hasher, passwords } = await passwordsWith('false');
    const passwordHash = await hasher.hash('caf\u00e9 noir');
    const user = Object.assign(new User(), { ...OWNER, passwordHash });
    const same = { password: 'cafe\u0301 noir', field: 'newPassword' };
    const current = refused('current', 'newPassword');
    expect(await refusalOf(passwords.insteadOf('caf\u00e9 noir', user, same))).toEqual(current);
    expect(await refusalOf(passwords.insteadOfStored(user, same))).toEqual(current);
    const other = { password: 'another one' };
    expect(await refusalOf(passwords.insteadOf('caf\u00e9 noir', user, other))).toBeUndefined();
    expect(await refusalOf(passwords.insteadOfStored(user, other))).toBeUndefined();
    const own = { password: 'alice.liddell' };
    expect(await refusalOf(passwords.insteadOfStored(user, own))).toEqual(refused('your own'));
  });
});
