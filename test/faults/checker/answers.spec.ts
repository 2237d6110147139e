import type { Round } from '../log.js';
import { broken, mark, OPENED, presenting, request, ROUND } from './hand-made.js';

const validate = (sentAt: number, endedAt: number, outcome: 'unavailable' | 'unanswered' | 'accepted') =>
  request('validate', [sentAt, endedAt], { ...presenting('s'), outcome });

describe('503', () => {
  const round = (facts: Partial<Round>) => [{ ...ROUND, ...facts }, mark('fault', 100), mark('over', 200)];
  const WELL = (['A', 'B'] as const).map((node) =>
    request('ready', [4_000, 4_010], { node, source: 'redis', account: undefined }),
  );

  it('is for the nodes that the fault concerns, while it lasts and until they have recovered', () => {
    const onA = round({ mayRefuse: ['A'] });
    const recovered = mark('recovered', 4_020);
    expect(broken(...onA, ...OPENED, ...WELL, recovered, validate(150, 160, 'unavailable'))).toEqual([]);
    expect(broken(...onA, ...OPENED, ...WELL, recovered, validate(4_010, 4_030, 'unavailable'))).toEqual([]);
    for (const [sentAt, endedAt] of [
      [50, 60],
      [4_030, 4_040],
    ] as const)
      expect(broken(...onA, ...OPENED, ...WELL, recovered, validate(sentAt, endedAt, 'unavailable'))).toEqual(
        ['unavailable'],
      );
    const onB = { ...validate(150, 160, 'unavailable'), node: 'B' } as const;
    expect(broken(...onA, ...OPENED, ...WELL, recovered, onB)).toEqual(['unavailable']);
  });

  it('ends with the limit where a node never recovers', () => {
    const onA = round({ mayRefuse: ['A'] });
    const never = validate(9_000, 9_010, 'unavailable');
    expect(broken(...onA, ...OPENED, ...WELL, never)).toEqual(['unavailable']);
  });

  it('may take the place of an acknowledgement that was waited for, and of nothing else', () => {
    const logOut = (endedAt: number) =>
      request('log-out', [110, endedAt], { ...presenting('s'), outcome: 'unavailable' });
    expect(broken(...round({}), ...OPENED, ...WELL, logOut(4_400))).toEqual([]);
    expect(broken(...round({}), ...OPENED, ...WELL, logOut(3_600))).toEqual(['unavailable']);
    expect(broken(...round({}), ...OPENED, ...WELL, validate(110, 4_400, 'unavailable'))).toEqual([
      'unavailable',
    ]);
  });

  it.each([undefined, '0', 'soon'])('needs a Retry-After in seconds, not %s', (retryAfter) => {
    const answer = request('validate', [110, 120], {
      ...presenting('s'),
      outcome: 'unavailable',
      retryAfter,
    });
    expect(broken(...round({ mayRefuse: ['A'] }), ...OPENED, ...WELL, answer)).toEqual(['broken answer']);
  });
});

it('any other 5xx is never due', () => {
  const answer = request('validate', [110, 120], { ...presenting('s'), outcome: 'failed' });
  expect(broken(...OPENED, answer)).toEqual(['broken answer']);
});

describe('no answer', () => {
  it.each([
    ['down', 'up'],
    ['paused', 'resumed'],
  ] as const)('may come from a process that is %s, until it is %s', (from, to) => {
    const marks = [mark(from, 100, 'A'), mark(to, 200, 'A')];
    expect(broken(...OPENED, ...marks, validate(90, 110, 'unanswered'))).toEqual([]);
    expect(broken(...OPENED, ...marks, validate(150, 160, 'unanswered'))).toEqual([]);
    expect(broken(...OPENED, ...marks, validate(201, 210, 'unanswered'))).toEqual(['no answer']);
    const other = { ...validate(150, 160, 'unanswered'), node: 'B' } as const;
    expect(broken(...OPENED, ...marks, other)).toEqual(['no answer']);
  });
});

describe('an answer after more than 5 s', () => {
  it('is found, and so is none', () => {
    expect(broken(...OPENED, validate(100, 5_100, 'accepted'))).toEqual([]);
    expect(broken(...OPENED, validate(100, 5_101, 'accepted'))).toEqual(['slower than 5 s']);
    expect(broken(...OPENED, validate(100, 5_101, 'unanswered'))).toEqual(['no answer', 'slower than 5 s']);
  });

  it('is counted from the moment on at which a stopped process goes on', () => {
    const marks = [mark('paused', 50, 'A'), mark('resumed', 5_050, 'A')];
    expect(broken(...OPENED, ...marks, validate(100, 10_050, 'accepted'))).toEqual([]);
    expect(broken(...OPENED, ...marks, validate(100, 10_051, 'accepted'))).toEqual(['slower than 5 s']);
  });
});
