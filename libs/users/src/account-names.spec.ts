import { emailKey, loginKey, USERNAME, usernameKey } from './account-names.js';

const KELVIN = '\u212a';

describe('usernames', () => {
  it.each(['mahir', 'abc', 'A.b-C_9', '...', '123', 'x'.repeat(50)])('may be %j', (username) => {
    expect(username).toMatch(USERNAME);
  });

  it.each([
    '',
    'ab',
    'x'.repeat(51),
    'a b',
    'a@b',
    'abc\n',
    ' abc',
    'héllo',
    `${KELVIN}elvin`,
    'ıstanbul',
    'a/b',
    'a\0b',
  ])('may not be %j', (username) => {
    expect(username).not.toMatch(USERNAME);
  });

  it('are one whatever their case and the blanks around them', () => {
    expect(new Set(['mahir', 'MAHIR', 'MaHiR', '  mahir\t'].map(usernameKey))).toEqual(new Set(['mahir']));
  });

  it('of the allowed letters differ in case alone where their keys are equal', () => {
    const characters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-'];
    expect(new Set(characters.map(usernameKey)).size).toBe(26 + 10 + 3);
    for (const c of characters) expect(usernameKey(c)).toBe(usernameKey(usernameKey(c)));
  });
});

describe('e-mail addresses', () => {
  it.each([
    ['case', 'Not@Null.com', 'nOT@nULL.COM'],
    ['blanks around it', ' not@null.com\n', 'not@null.com'],
    ['composition', 'jose\u0301@example.com', 'jos\u00e9@example.com'],
    ['composition of capitals', 'JOSE\u0301@EXAMPLE.COM', 'jos\u00e9@example.com'],
    ['the Kelvin sign', `${KELVIN}@example.com`, 'k@example.com'],
    ['the Angstrom sign', '\u212b@example.com', '\u00e5@example.com'],
    ['capital sharp s', 'STRA\u1e9eE@example.com', 'stra\u00dfe@example.com'],
    ['the dotted capital I', '\u0130@example.com', 'i\u0307@example.com'],
  ])('are one whatever %s', (_, one, two) => {
    expect(emailKey(one)).toBe(emailKey(two));
  });

  it.each([
    ['the dotless i', '\u0131@example.com', 'i@example.com'],
    ['the dotted capital I', '\u0130@example.com', 'i@example.com'],
    ['sharp s', 'stra\u00dfe@example.com', 'strasse@example.com'],
    ['an accent', 'jos\u00e9@example.com', 'jose@example.com'],
    ['full width', '\uff41@example.com', 'a@example.com'],
    ['a dot', 'a.b@example.com', 'ab@example.com'],
    ['a tag', 'a+b@example.com', 'a@example.com'],
  ])('are two where %s differs', (_, one, two) => {
    expect(emailKey(one)).not.toBe(emailKey(two));
  });

  it('have a key that is its own key, for every character', () => {
    for (let code = 0x21; code < 0x2fffe; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const key = emailKey(`a${String.fromCodePoint(code)}b@example.com`);
      if (emailKey(key) !== key)
        throw new Error(`U+${code.toString(16)}: ${key} has the key ${emailKey(key)}`);
    }
  });
});

describe('a login field', () => {
  it.each([
    ['Mahir', { kind: 'username', key: 'mahir' }],
    [' mahir ', { kind: 'username', key: 'mahir' }],
    ['Not@Null.com', { kind: 'email', key: 'not@null.com' }],
    ['@', { kind: 'email', key: '@' }],
    ['', { kind: 'username', key: '' }],
  ])('%j means %j', (login, meaning) => {
    expect(loginKey(login)).toEqual(meaning);
  });
});
