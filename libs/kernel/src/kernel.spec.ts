import { characterCount, isStorableText } from './characters.js';
import { isUuid } from './ids.js';
import { offsetOf, totalPages } from './paging.js';
import { SystemRandom, uuidFrom } from './random.js';

describe('uuidFrom', () => {
  it.each([
    [0x00, '00000000-0000-4000-8000-000000000000'],
    [0xff, 'ffffffff-ffff-4fff-bfff-ffffffffffff'],
  ])('sets version and variant over bytes of 0x%s and leaves the rest', (byte, uuid) => {
    expect(uuidFrom(Buffer.alloc(16, byte))).toBe(uuid);
  });

  it('takes the first 16 bytes, and changes none of them', () => {
    const bytes = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
    const before = Buffer.from(bytes);
    expect(uuidFrom(bytes)).toBe('00010203-0405-4607-8809-0a0b0c0d0e0f');
    expect(bytes).toEqual(before);
  });

  it('gives UUIDs that are recognised, and never the same one', () => {
    const random = new SystemRandom();
    const uuids = Array.from({ length: 1_000 }, () => random.uuid());
    expect(uuids.every(isUuid)).toBe(true);
    expect(new Set(uuids).size).toBe(uuids.length);
  });
});

describe('isUuid', () => {
  it.each([
    '20DB8059-c73a-4f8c-afa3-37a24e2997f7',
    '20db8059c73a4f8cafa337a24e2997f7',
    '{20db8059-c73a-4f8c-afa3-37a24e2997f7}',
    '20db8059-c73a-4f8c-afa3-37a24e2997f7\n',
    ' 20db8059-c73a-4f8c-afa3-37a24e2997f7',
    '20db8059-c73a-0f8c-afa3-37a24e2997f7',
    '20db8059-c73a-4f8c-cfa3-37a24e2997f7',
    '',
    null,
    undefined,
    12,
    ['20db8059-c73a-4f8c-afa3-37a24e2997f7'],
  ])('refuses %j', (value) => {
    expect(isUuid(value)).toBe(false);
  });
});

describe('characters', () => {
  it.each([
    ['', true],
    ['plain', true],
    ['\u{1f511} and ü', true],
    ['\ud83d', false],
    ['\udd11 first', false],
    ['\udd11\ud83d', false],
    ['a\0b', false],
  ])('whether %j can be stored: %s', (text, storable) => {
    expect(isStorableText(text)).toBe(storable);
  });

  it.each([
    ['', 0],
    ['abc', 3],
    ['\u{1f511}', 1],
    ['e\u0301', 2],
    ['\u{1f468}\u200d\u{1f469}', 3],
  ])('%j has %i characters', (text, count) => {
    expect(characterCount(text)).toBe(count);
  });
});

describe('paging', () => {
  it.each([
    [0, 20, 0],
    [1, 20, 1],
    [20, 20, 1],
    [21, 20, 2],
    [7, 3, 3],
  ])('%i items, %i on each, are %i pages', (total, perPage, pages) => {
    expect(totalPages({ total, perPage })).toBe(pages);
  });

  it.each([
    [1, 20, 0n],
    [2, 20, 20n],
    [2 ** 31 - 1, 100, 214748364600n],
  ])('page %i of %i rows begins at row %s', (page, perPage, offset) => {
    expect(offsetOf({ page, perPage })).toBe(offset);
  });
});
