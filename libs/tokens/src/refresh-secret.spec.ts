import { createHash } from 'node:crypto';
import { isUuid, KeyRing, Random, type SessionId, SystemRandom } from '@gatehouse/kernel';
import {
  decodeRefreshSecret,
  encodeRefreshSecret,
  hashRefreshSecret,
  newRefreshSecret,
  type RefreshFormat,
  successorsOf,
} from './refresh-secret.js';
import { isDead } from './revocation-value.js';

const OLD = 'an old secret which is long enough for it';
const NEW = 'a new secret which is long enough as well';
const SESSION = '20db8059-c73a-4f8c-afa3-37a24e2997f7' as SessionId;
const OTHER = '20db8059-c73a-4f8c-afa3-37a24e2997f8' as SessionId;

const FORMATS: readonly { format: RefreshFormat; bytes: number }[] = [
  { format: 'jwt', bytes: 32 },
  { format: 'access', bytes: 32 },
  { format: 'uuid', bytes: 16 },
];

describe.each(FORMATS)('refresh secrets of format $format', ({ format, bytes }) => {
  const ring = new KeyRing([OLD]);
  const secret = newRefreshSecret(format, new SystemRandom());

  it(`are ${bytes} random bytes`, () => {
    expect(secret).toHaveLength(bytes);
    expect(newRefreshSecret(format, new SystemRandom())).not.toEqual(secret);
    const counting = new (class extends Random {
      bytes = (count: number): Buffer => Buffer.from(Array.from({ length: count }, (_, index) => index));
    })();
    expect(encodeRefreshSecret(format, newRefreshSecret(format, counting))).toBe(
      format === 'uuid'
        ? '00010203-0405-4607-8809-0a0b0c0d0e0f'
        : 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
    );
  });

  it('are the same bytes after the journey through a token', () => {
    expect(decodeRefreshSecret(format, encodeRefreshSecret(format, secret))).toEqual(secret);
    const [successor] = successorsOf(format, ring, SESSION, secret) as [Buffer];
    expect(decodeRefreshSecret(format, encodeRefreshSecret(format, successor))).toEqual(successor);
    if (format === 'uuid') expect(isUuid(encodeRefreshSecret(format, successor))).toBe(true);
  });

  it('are kept as their SHA-256', () => {
    expect(hashRefreshSecret(secret)).toEqual(createHash('sha256').update(secret).digest());
  });

  it('have one successor for every node that knows the key', () => {
    const successors = successorsOf(format, ring, SESSION, secret);
    expect(successors).toHaveLength(1);
    expect(successors[0]).toHaveLength(bytes);
    expect(successorsOf(format, new KeyRing([OLD]), SESSION, Buffer.from(secret))).toEqual(successors);
  });

  it('have another successor for another secret, session or key', () => {
    const other = newRefreshSecret(format, new SystemRandom());
    const all = [
      successorsOf(format, ring, SESSION, secret),
      successorsOf(format, ring, SESSION, other),
      successorsOf(format, ring, OTHER, secret),
      successorsOf(format, new KeyRing([NEW]), SESSION, secret),
    ].flat();
    expect(new Set([secret, ...all].map((each) => each.toString('hex'))).size).toBe(5);
  });

  it("give today's successor first, then those of the older keys", () => {
    const [now, before, ...none] = successorsOf(format, new KeyRing([NEW, OLD]), SESSION, secret);
    expect([now]).toEqual(successorsOf(format, new KeyRing([NEW]), SESSION, secret));
    expect([before]).toEqual(successorsOf(format, ring, SESSION, secret));
    expect(none).toEqual([]);
  });
});

describe('the value of a revocation', () => {
  it.each([
    // the whole session
    { value: '*', generation: 1, now: 0, dead: true },
    { value: '*', generation: 1_000_000, now: 2_000, dead: true },
    // the current generation and later ones live on
    { value: '3@1000', generation: 3, now: 999_999, dead: false },
    { value: '3@1000', generation: 4, now: 999_999, dead: false },
    // the one before it until its moment
    { value: '3@1000', generation: 2, now: 0, dead: false },
    { value: '3@1000', generation: 2, now: 999, dead: false },
    { value: '3@1000', generation: 2, now: 1_000, dead: true },
    { value: '3@1000', generation: 2, now: 1_001, dead: true },
    // older ones at once
    { value: '3@1000', generation: 1, now: 0, dead: true },
    { value: '10@1769855400000', generation: 8, now: 1_769_855_399_999, dead: true },
    { value: '10@1769855400000', generation: 9, now: 1_769_855_399_999, dead: false },
    { value: '2@1000', generation: 1, now: 999, dead: false },
    // numbers, not texts
    { value: '10@1000', generation: 9, now: 999, dead: false },
    { value: '10@900', generation: 9, now: 1_000, dead: true },
  ])('$value at $now: generation $generation is dead: $dead', ({ value, generation, now, dead }) => {
    expect(isDead(value, generation, now)).toBe(dead);
  });
});
