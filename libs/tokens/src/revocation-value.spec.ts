import { holdsFrom, isDead, laterOf } from './revocation-value.js';

const NOW = 1_800_000_000_000;

describe('isDead', () => {
  it.each([
    ['*', 1, true],
    ['*', 99, true],
    // all generations below the fifth, at once
    ['5@0', 3, true],
    ['5@0', 4, true],
    ['5@0', 5, false],
    ['5@0', 6, false],
    // the one before the fifth lives on until its moment has come
    [`5@${NOW + 1}`, 4, false],
    [`5@${NOW}`, 4, true],
    [`5@${NOW + 1}`, 3, true],
    [`5@${NOW + 1}`, 5, false],
    // numbers, not text
    ['10@0', 9, true],
    ['10@0', 10, false],
    ['9@0', 10, false],
  ])('by %s, generation %d: %s', (value, generation, dead) => {
    expect(isDead(value, generation, NOW)).toBe(dead);
  });
});

describe('laterOf', () => {
  it.each([
    [undefined, undefined, undefined],
    ['*', undefined, '*'],
    [undefined, '2@0', '2@0'],
    ['*', '9@0', '*'],
    ['9@0', '*', '*'],
    ['2@0', '3@0', '3@0'],
    ['10@0', '9@0', '10@0'],
    [`3@${NOW}`, '2@0', `3@${NOW}`],
  ])('of %s and %s is %s', (one, other, later) => {
    expect(laterOf(one, other)).toBe(later);
    expect(laterOf(other, one)).toBe(later);
  });

  it('refuses whatever either of the two refuses', () => {
    const values = ['*', '2@0', '3@0', `3@${NOW + 5_000}`, '4@0', `10@${NOW - 1}`];
    const generations = [1, 2, 3, 4, 9, 10];
    // Of one generation PostgreSQL knows one value alone.
    const generationOf = (value: string): string | undefined => value.split('@')[0];
    for (const one of values)
      for (const other of values) {
        if (one !== other && generationOf(one) === generationOf(other)) continue;
        const later = laterOf(one, other) as string;
        for (const generation of generations) {
          const dead = isDead(one, generation, NOW) || isDead(other, generation, NOW);
          expect([one, other, generation, isDead(later, generation, NOW)]).toEqual([
            one,
            other,
            generation,
            dead,
          ]);
        }
      }
  });
});

describe('holdsFrom', () => {
  it.each([
    ['*', 0],
    ['7@0', 0],
    [`2@${NOW}`, NOW],
    [`3@${NOW}`, 0],
  ])('%s holds from %d', (value, from) => {
    expect(holdsFrom(value)).toBe(from);
  });
});
