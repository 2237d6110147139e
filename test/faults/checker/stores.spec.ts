import type { Copy, Request, Truth } from '../log.js';
import { presenting, request, ROUND } from './hand-made.js';
import { judgeAudit } from './judge.js';

const truth = (facts: Partial<Truth> = {}): Truth => ({
  ...{ kind: 'truth', at: 0, session: 's', ended: false, deadBelow: 0 },
  ...facts,
});
const tried = (outcome: Request['outcome'], sentAt = 4_000): Request =>
  request('validate', [sentAt, sentAt + 5], { ...presenting('s'), outcome });
const rules = (...lines: (Truth | Request | Copy)[]): string[] =>
  judgeAudit([ROUND, ...lines]).map(({ rule }) => rule);

describe('what PostgreSQL says', () => {
  it.each([
    ['alive', truth(), 'accepted', 'refused'],
    ['ended', truth({ ended: true }), 'refused', 'accepted'],
    ['of a dead generation', truth({ deadBelow: 2 }), 'refused', 'accepted'],
    ['of a living generation', truth({ deadBelow: 1 }), 'accepted', 'refused'],
  ] as const)('holds for a token %s', (_, said, right, wrong) => {
    expect(rules(said, tried(right))).toEqual([]);
    expect(rules(said, tried(wrong))).toEqual(['contradicts PostgreSQL']);
  });

  it('need not have reached every node at once', () => {
    expect(rules(truth({ ended: true }), tried('accepted', 3_000))).toEqual([]);
  });
});

describe('the copy in Redis', () => {
  const copy = (facts: Partial<Copy> = {}): Copy => ({
    ...{ kind: 'copy', at: 0, marked: true, missing: [], unpublished: 0 },
    ...facts,
  });

  it('is complete, and PostgreSQL knows it', () => {
    expect(rules(copy())).toEqual([]);
    for (const lacking of [{ marked: false }, { missing: ['s'] }, { unpublished: 1 }])
      expect(rules(copy(lacking))).toEqual(['incomplete copy']);
  });
});
