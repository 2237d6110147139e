import { readAccount } from './read-account.js';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const SALT = 'c2l4dGVlbiBieXRlIHNsdA';
const HASH = `$pbkdf2-sha256$29000$${SALT}$2T2qtcvsHKpD0maWhnfNXTrPpf7jq5lS1D9HASEBMy0`;
const WHOLE = {
  id: '0198f0a0-0000-7000-8000-000000000001',
  username: ' alice ',
  email: ' Alice@Example.com ',
  emailVerified: true,
  passwordHash: HASH,
  firstName: 'Alice',
  lastName: 'Liddell',
  phoneNumber: '+44 1865 276150',
  role: 'ADMIN',
  status: 'BLOCKED',
  createdAt: '2025-06-01T10:00:00.5+02:00',
};
const read = (line: unknown) => readAccount(typeof line === 'string' ? line : JSON.stringify(line), NOW);

describe('a line of an import', () => {
  it('is an account, trimmed', () => {
    expect(read(WHOLE)).toEqual({
      ...WHOLE,
      username: 'alice',
      email: 'Alice@Example.com',
      createdAt: new Date('2025-06-01T08:00:00.500Z'),
    });
  });

  it.each([[{ email: 'a@b.example' }], [{ ...nulls(WHOLE), email: 'a@b.example' }]])(
    'needs an e-mail address alone: %#',
    (line) => {
      expect(read(line)).toEqual({
        ...nulls(WHOLE),
        email: 'a@b.example',
        emailVerified: false,
        role: 'USER',
        status: 'ACTIVE',
      });
    },
  );

  it.each([
    ['{"email":', /^is not a JSON object$/],
    ['[]', /^is not a JSON object$/],
    ['null', /^is not a JSON object$/],
    ['"a@b.example"', /^is not a JSON object$/],
    ['{}', /^email is missing$/],
    [{ email: null }, /^email is missing$/],
    [{ email: 'nowhere' }, /^email must be an e-mail address/],
    [{ email: 7 }, /^email must be a string$/],
    [{ ...WHOLE, password: 'x' }, /^"password" is no known key$/],
    ['{"email":"a@b.example","__proto__":{"role":"ADMIN"}}', /^"__proto__" is no known key$/],
    [{ ...WHOLE, constructor: 1 }, /^"constructor" is no known key$/],
    [{ ...WHOLE, username: 'a@b' }, /^username must consist of/],
    [{ ...WHOLE, username: 'ab' }, /^username must have at least 3/],
    [{ ...WHOLE, emailVerified: 'yes' }, /^emailVerified must be true or false$/],
    [{ ...WHOLE, passwordHash: 'secret' }, /^passwordHash is of no format/],
    [{ ...WHOLE, passwordHash: 7 }, /^passwordHash must be a string$/],
    [{ ...WHOLE, firstName: 'x'.repeat(101) }, /^firstName must have at most 100/],
    [{ ...WHOLE, lastName: 'x\0' }, /^lastName must be whole Unicode/],
    [{ ...WHOLE, phoneNumber: '' }, /^phoneNumber must not be empty$/],
    [{ ...WHOLE, role: 'admin' }, /^role must be USER or ADMIN$/],
    [{ ...WHOLE, status: 'GONE' }, /^status must be PENDING or ACTIVE or BLOCKED$/],
    [{ ...WHOLE, status: 'PENDING' }, /^status PENDING means/],
    [{ ...WHOLE, id: '7' }, /^id must be a UUID/],
    [{ ...WHOLE, createdAt: '2025-06-01' }, /^createdAt must be a moment/],
    [{ ...WHOLE, createdAt: '2025-13-01T00:00:00Z' }, /^createdAt must be a moment/],
    [{ ...WHOLE, createdAt: '2026-01-01T00:00:01Z' }, /^createdAt must not be in the future$/],
    [{ ...WHOLE, createdAt: '1969-01-01T00:00:00Z' }, /^createdAt must be later/],
  ])('is refused with a reason: %j', (line, reason) => {
    const faults = read(line) as string[];
    expect(faults).toEqual([expect.stringMatching(reason)]);
    expect(faults.join()).not.toContain(SALT);
  });

  it('is told everything that is wrong with it', () => {
    expect(read({ role: 'x', extra: 1 })).toEqual([
      expect.stringMatching(/^"extra"/),
      expect.stringMatching(/^email/),
      expect.stringMatching(/^role/),
    ]);
  });
});

function nulls<T extends object>(of: T): Record<keyof T, null> {
  return Object.fromEntries(Object.keys(of).map((key) => [key, null])) as Record<keyof T, null>;
}
