import { hashFault, UnreadableHash, verifyHash } from './index.js';

/** From the reference implementations' own tests, RFC 7914, and passlib's documentation. */
const KNOWN: readonly [string, password: string, stored: string][] = [
  ['bcrypt 2a', 'U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['bcrypt 2b', 'U*U*', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK'],
  ['bcrypt 2y', 'U*U*U', '$2y$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a'],
  [
    'scrypt, RFC 7914',
    'pleaseletmein',
    '$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw',
  ],
  [
    'scrypt, passlib',
    'password',
    '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
  ],
  [
    'PBKDF2, passlib',
    'password',
    '$pbkdf2-sha256$6400$.6UI/S.nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44',
  ],
  [
    'PBKDF2, PHC',
    'password',
    '$pbkdf2-sha256$i=6400$+6UI/S+nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44',
  ],
  [
    'PBKDF2, PHC with its length',
    'password',
    '$pbkdf2-sha256$i=6400,l=32$+6UI/S+nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44',
  ],
  [
    'argon2i',
    'password',
    '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8',
  ],
  [
    'argon2i, older version',
    'password',
    '$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY',
  ],
  [
    'argon2id',
    'password',
    '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
  ],
];

const SALT = 'c2l4dGVlbiBieXRlIHNsdA';
const HASH = '2T2qtcvsHKpD0maWhnfNXTrPpf7jq5lS1D9HASEBMy0';
const BCRYPT = 'CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW';

const REFUSED: readonly [stored: string, reason: RegExp][] = [
  ['', /^is of no format that is known here: \$argon2id\$ .*\$pbkdf2-sha256\$$/],
  ['5f4dcc3b5aa765d61d8327deb882cf99', /no format/],
  [`$argon2d$v=19$m=64,t=1,p=1$${SALT}$${HASH}`, /no format/],
  [`$pbkdf2$29000$${SALT}$${HASH}`, /no format/],
  [`$2x$05$${BCRYPT}`, /no format/],
  [`$2b$15$${BCRYPT}`, /costs more .* at most 14/],
  [`$2b$03$${BCRYPT}`, /cost of 04 or more/],
  [`$2b$05$${BCRYPT.slice(1)}`, /must read \$2b\$12\$/],
  [`$2b$05$${BCRYPT}x`, /must read/],
  [`$scrypt$ln=18,r=8,p=1$${SALT}$${HASH}`, /costs more/],
  [`$scrypt$ln=99,r=8,p=1$${SALT}$${HASH}`, /costs more/],
  [`$scrypt$ln=16,r=8,p=5$${SALT}$${HASH}`, /costs more/],
  [`$scrypt$ln=0,r=8,p=1$${SALT}$${HASH}`, /1 or more/],
  [`$scrypt$ln=4,r=0,p=1$${SALT}$${HASH}`, /1 or more/],
  [`$scrypt$ln=4,r=8,p=1$${SALT}`, /must read \$scrypt\$/],
  [`$scrypt$ln=4,r=8,p=1$c2FsdA$${HASH}`, /salt of 8 to 64/],
  [`$scrypt$ln=4,r=8,p=1$${SALT}$c2FsdA`, /hash of 16 to 64/],
  [`$pbkdf2-sha256$i=0$${SALT}$${HASH}`, /1 iteration or more/],
  [`$pbkdf2-sha256$2000001$${SALT}$${HASH}`, /at most 2000000 iterations/],
  [`$pbkdf2-sha256$i=1000,l=31$${SALT}$${HASH}`, /another length/],
  [`$pbkdf2-sha256$i=1000$${SALT}$${HASH}$`, /must read/],
  [`$argon2id$v=19$m=131073,t=1,p=1$${SALT}$${HASH}`, /costs more/],
  [`$argon2id$v=19$m=65536,t=17,p=1$${SALT}$${HASH}`, /costs more/],
  [`$argon2id$v=19$m=65536,t=1,p=17$${SALT}$${HASH}`, /costs more/],
  [`$argon2id$v=19$m=8,t=1,p=2$${SALT}$${HASH}`, /8 times p/],
  [`$argon2id$v=18$m=64,t=1,p=1$${SALT}$${HASH}`, /must read \$argon2id\$/],
];

describe('password hashes of other systems', () => {
  it.each(KNOWN)('%s: are taken, and have their password alone', async (_, password, stored) => {
    expect(hashFault(stored)).toBeUndefined();
    expect(await verifyHash(stored, password)).toBe(true);
    for (const wrong of ['', `${password}x`, password.slice(1), password.toUpperCase() + 'x'])
      expect(await verifyHash(stored, wrong)).toBe(false);
  });

  it.each(REFUSED)('%s is refused, with a reason that quotes none of it', (stored, reason) => {
    const fault = hashFault(stored);
    expect(fault).toMatch(reason);
    for (const part of [SALT, HASH, BCRYPT]) expect(fault).not.toContain(part);
  });

  it.each(REFUSED.filter(([stored]) => !stored.startsWith('$argon2id')))('%s is not even tried', (stored) =>
    expect(verifyHash(stored, 'U*U')).rejects.toThrow(UnreadableHash),
  );
});
