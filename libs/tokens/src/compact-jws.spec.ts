import { readCompactJws, TOKEN_MOST_BYTES } from './compact-jws.js';

const encoded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value)).toString(
    'base64url',
  );

const HEADER = { alg: 'ES256', kid: 'a key', typ: 'at+jwt' };
const PAYLOAD = { sub: 'somebody', exp: 1 };
const SIGNATURE = Buffer.alloc(64, 7);

const jws = (header: unknown = HEADER, payload: unknown = PAYLOAD, signature: unknown = SIGNATURE): string =>
  [header, payload, signature].map(encoded).join('.');

/** Every other last character that lenient decoders read as the same bytes. */
const otherSpellings = (segment: string): string[] =>
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
    .map((c) => segment.slice(0, -1) + c)
    .filter(
      (each) => each !== segment && Buffer.from(each, 'base64url').equals(Buffer.from(segment, 'base64url')),
    );

describe('readCompactJws', () => {
  it('reads header and payload of a token of ours', () => {
    expect(readCompactJws(jws())).toEqual({ header: HEADER, payload: PAYLOAD });
  });

  it('does not mind the order of the header', () => {
    expect(readCompactJws(jws({ typ: 'at+jwt', kid: 'a key', alg: 'ES256' }))?.header).toEqual(HEADER);
  });

  it.each([
    ['nothing', ''],
    ['dots', '..'],
    ['one segment', encoded(HEADER)],
    ['two segments', jws().split('.').slice(0, 2).join('.')],
    ['four segments', `${jws()}.${encoded('x')}`],
    ['a trailing dot', `${jws()}.`],
    ['a leading dot', `.${jws()}`],
    ['no header', `.${encoded(PAYLOAD)}.${encoded(SIGNATURE)}`],
    ['no payload', `${encoded(HEADER)}..${encoded(SIGNATURE)}`],
    ['no signature', `${encoded(HEADER)}.${encoded(PAYLOAD)}.`],
    [
      'JSON serialization',
      JSON.stringify({ protected: encoded(HEADER), payload: encoded(PAYLOAD), signature: 'x' }),
    ],
    ['five segments (JWE)', 'a.b.c.d.e'],
  ])('refuses %s', (_, token) => {
    expect(readCompactJws(token)).toBeUndefined();
  });

  it.each([' ', '\n', '=', '==', '%', '\0', 'é', '+', '/', '\u200b'])(
    'refuses %j anywhere in it',
    (stray) => {
      const token = jws();
      for (const place of [0, 5, token.indexOf('.'), token.indexOf('.') + 1, token.length]) {
        expect(readCompactJws(token.slice(0, place) + stray + token.slice(place))).toBeUndefined();
      }
    },
  );

  it('refuses every other spelling of the same bytes', () => {
    const [header, payload] = jws().split('.') as [string, string];
    let tried = 0;
    for (const length of [64, 65, 66]) {
      const signature = encoded(Buffer.alloc(length, 7));
      for (const other of otherSpellings(signature)) {
        tried++;
        expect(readCompactJws(`${header}.${payload}.${other}`)).toBeUndefined();
      }
    }
    for (const filler of ['', 'x', 'xx']) {
      const padded = encoded({ ...PAYLOAD, filler });
      for (const other of otherSpellings(padded)) {
        tried++;
        expect(readCompactJws(`${header}.${other}.${encoded(SIGNATURE)}`)).toBeUndefined();
      }
    }
    expect(tried).toBe(2 * (15 + 3));
  });

  it('refuses the alphabet of plain base64', () => {
    const token = jws(HEADER, { text: '\u{fffff}?>' }, Buffer.alloc(64, 0xfb));
    expect(readCompactJws(token)).toBeDefined();
    const plain = token.replaceAll('-', '+').replaceAll('_', '/');
    expect(plain).not.toBe(token);
    expect(readCompactJws(plain)).toBeUndefined();
  });

  it.each([
    ['crit', { ...HEADER, crit: ['exp'] }],
    ['jwk', { ...HEADER, jwk: {} }],
    ['jku', { ...HEADER, jku: 'https://evil.example' }],
    ['x5u', { ...HEADER, x5u: 'https://evil.example' }],
    ['b64', { ...HEADER, b64: false }],
    ['cty', { ...HEADER, cty: 'JWT' }],
    ['__proto__', '{"alg":"ES256","kid":"a key","typ":"at+jwt","__proto__":{}}'],
    ['no alg', { kid: 'a key', typ: 'at+jwt' }],
    ['no kid', { alg: 'ES256', typ: 'at+jwt' }],
    ['no typ', { alg: 'ES256', kid: 'a key' }],
    ['ALG', { ALG: 'ES256', kid: 'a key', typ: 'at+jwt' }],
    ['a kid that is no text', { ...HEADER, kid: 1 }],
    ['an alg that is null', { ...HEADER, alg: null }],
    ['a typ that is a list', { ...HEADER, typ: ['at+jwt'] }],
  ])('refuses a header with %s', (_, header) => {
    expect(readCompactJws(jws(header))).toBeUndefined();
  });

  it.each([
    'null',
    '[]',
    '1',
    '"text"',
    'true',
    '',
    '{',
    '{"a":1}x',
    'undefined',
    '\ufeff{}',
    Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  ])('refuses a header or payload that is %j', (text) => {
    expect(readCompactJws(jws(text))).toBeUndefined();
    expect(readCompactJws(jws(HEADER, text))).toBeUndefined();
  });

  it('reads up to 8 KiB and not a byte more', () => {
    const sized = (filler: number): string => jws(HEADER, { filler: 'x'.repeat(filler) });
    const most = Array.from({ length: 200 }, (_, index) => sized(5_900 + index));
    const fits = most.filter((token) => token.length <= TOKEN_MOST_BYTES);
    const over = most.filter((token) => token.length > TOKEN_MOST_BYTES);
    expect([fits.length > 0, over.length > 0]).toEqual([true, true]);
    expect(fits.every((token) => readCompactJws(token) !== undefined)).toBe(true);
    expect(over.every((token) => readCompactJws(token) === undefined)).toBe(true);
    expect(TOKEN_MOST_BYTES).toBe(8_192);
  });
});
