import { loadConfig } from '@gatehouse/config';
import { SystemRandom } from '@gatehouse/kernel';
import { hash } from '@node-rs/argon2';
import { hash as bcryptHash } from '@node-rs/bcrypt';
import { PasswordHasher } from './password-hasher.js';
import { passwordFault } from './password-policy.js';

const hasherWith = (cost: string): PasswordHasher =>
  new PasswordHasher(
    loadConfig({ GATEHOUSE_MODE: 'development', ARGON2_COST: cost, HASH_CONCURRENCY: '2' }, [
      'channel',
      'jsend',
      'snake',
    ]),
  );

describe('the password policy', () => {
  it.each([
    'password',
    'abc123456',
    '        ',
    '12345678',
    'x'.repeat(128),
    '\u{1f511}'.repeat(8),
    '\u{1f511}'.repeat(128),
    // 256 code points as typed, 128 after NFC.
    'e\u0301'.repeat(128),
    ' spaces around ',
  ])('allows %j', (password) => {
    expect(passwordFault(password)).toBeUndefined();
  });

  it.each([
    ['', /at least 8/],
    ['1234567', /at least 8/],
    ['\u{1f511}'.repeat(7), /at least 8/],
    // Eight as typed, four after NFC.
    ['e\u0301'.repeat(4), /at least 8/],
    ['x'.repeat(129), /at most 128/],
    ['\u{1f511}'.repeat(129), /at most 128/],
    ['pass\0word', /U\+0000/],
    ['password\ud83d', /Unicode/],
  ])('refuses %j', (password, reason) => {
    expect(passwordFault(password)).toMatch(reason);
  });
});

describe('PasswordHasher', () => {
  const hasher = hasherWith('m=64,t=1,p=1');

  it('hashes with argon2id at the cost that is set, and a salt of its own', async () => {
    const [one, two] = [await hasher.hash('correct horse'), await hasher.hash('correct horse')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
    expect(one).not.toBe(two);
    expect(await hasher.check('correct horse', one)).toEqual({ matches: true, stale: false });
  });

  it('tells every other password', async () => {
    const stored = await hasher.hash('correct horse');
    for (const wrong of [
      '',
      'Correct horse',
      'correct horse ',
      ' correct horse',
      'correct  horse',
      'correct hors',
    ]) {
      expect(await hasher.check(wrong, stored)).toEqual({ matches: false, stale: false });
    }
  });

  it('knows a password by its letters, not by how they were typed, and cuts nothing off', async () => {
    const composed = await hasher.hash('caf\u00e9 noir');
    expect(await hasher.check('cafe\u0301 noir', composed)).toEqual({ matches: true, stale: false });
    const long = await hasher.hash('\u{1f511}'.repeat(128));
    expect((await hasher.check('\u{1f511}'.repeat(127), long)).matches).toBe(false);
    expect((await hasher.check(`${'\u{1f511}'.repeat(127)}\u{1f512}`, long)).matches).toBe(false);
  });

  it.each(['m=128,t=1,p=1', 'm=64,t=2,p=1', 'm=64,t=1,p=2', 'm=32,t=1,p=1'])(
    'finds a hash of cost %s stale',
    async (cost) => {
      const stored = await hasherWith(cost).hash('correct horse');
      expect(await hasher.check('correct horse', stored)).toEqual({ matches: true, stale: true });
      expect(await hasher.check('wrong', stored)).toEqual({ matches: false, stale: false });
    },
  );

  it('finds a hash of another variant stale', async () => {
    const stored = await hash('correct horse', {
      algorithm: 1,
      memoryCost: 64,
      timeCost: 1,
      parallelism: 1,
    });
    expect(await hasher.check('correct horse', stored)).toEqual({ matches: true, stale: true });
  });

  it.each([
    ['an argon2 hash', 'cafe\u0301 noir', (text: string) => hash(text, { memoryCost: 64, timeCost: 1 })],
    ['a bcrypt hash', 'cafe\u0301 noir', (text: string) => bcryptHash(text, 4)],
  ])('%s made elsewhere may be of the text as it is typed, and is then stale', async (_, typed, make) => {
    const stored = await make(typed);
    expect(await hasher.check(typed, stored)).toEqual({ matches: true, stale: true });
    expect((await hasher.check(typed.normalize('NFC'), stored)).matches).toBe(false);
    expect((await hasher.check(typed, await make(typed.normalize('NFC')))).matches).toBe(true);
  });

  it.each([
    '',
    'plain',
    '$argon2d$v=19$m=64,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=19$m=7,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ',
    '$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
    '$2b$05$short',
    '$scrypt$ln=30,r=8,p=1$c2l4dGVlbiBieXRlIHNsdA$2T2qtcvsHKpD0maWhnfNXTrPpf7jq5lS1D9HASEBMy0',
    '$pbkdf2-sha256$i=4000000000$c2l4dGVlbiBieXRlIHNsdA$2T2qtcvsHKpD0maWhnfNXTrPpf7jq5lS1D9HASEBMy0',
  ])('holds no password against what it cannot read, and does not throw: %j', async (stored) => {
    expect(await hasher.check('U*U', stored)).toEqual({ matches: false, stale: false });
  });

  it("makes hashes that no password has, each another one, at today's cost", async () => {
    const [one, two] = [hasher.unusable(new SystemRandom()), hasher.unusable(new SystemRandom())];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(two);
    expect(await hasher.check('', one)).toEqual({ matches: false, stale: false });
  });

  it("is not misled by a cost that begins like today's", async () => {
    const stored = await hasherWith('m=640,t=1,p=1').hash('correct horse');
    expect(await hasher.check('correct horse', stored)).toEqual({ matches: true, stale: true });
  });

  it('checks for nobody as often as it is asked, and finds nothing', async () => {
    expect(
      await Promise.all(['a', 'no account has this password'].map((each) => hasher.checkNobody(each))),
    ).toEqual([undefined, undefined]);
  });
});
