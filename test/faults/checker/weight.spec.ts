import type { NodeName } from '../log.js';
import { mark, OPENED, presenting, request, ROUND } from './hand-made.js';
import { lacksWeight, weigh } from './weight.js';

const MARKS = [mark('fault', 100), mark('over', 200), mark('recovered', 300)];

describe('the weight of a round', () => {
  it('counts what makes it mean something', () => {
    const dead = (sentAt: number, node: NodeName) =>
      request('validate', [sentAt, sentAt + 5], { ...presenting('s'), outcome: 'refused', node });
    const weight = weigh([
      ROUND,
      ...MARKS,
      ...OPENED,
      request('validate', [15, 20], presenting('s')),
      request('log-out', [20, 30], presenting('s')),
      request('end-all', [150, 350], { ...presenting('other'), outcome: 'unavailable' }),
      ...[dead(110, 'A'), dead(250, 'A'), dead(250, 'B'), dead(400, 'B')],
      request('validate', [400, 450], presenting('other')),
      request('validate', [110, 900], { ...presenting('other'), outcome: 'unanswered' }),
    ]);
    expect(weight).toEqual({
      requests: 11,
      acknowledged: { all: 1, before: 1, since: 0 },
      underWay: 1,
      validations: 9,
      dead: { during: 3, after: { A: 1, B: 2 } },
      ends: { A: 0, B: 0 },
      accepted: { A: 1, B: 0 },
      unavailable: 1,
      unanswered: 1,
      slowest: 200,
      recovery: 100,
    });
  });

  it('is nothing where nothing was done: an empty log proves nothing', () => {
    expect(lacksWeight(weigh([ROUND, ...MARKS]))).toHaveLength(10);
  });
});
