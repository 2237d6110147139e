import type { NodeName, Request } from '../log.js';
import { broken, mark, request } from './hand-made.js';

const NOT_BACK = ['not back by itself'];

const ready = (node: NodeName, at: number, facts: Partial<Request> = {}): Request =>
  request('ready', [at, at + 10], { account: undefined, node, source: 'redis', ...facts });

describe('the recovery', () => {
  const OVER = [mark('fault', 100), mark('over', 200)];

  it('is both nodes being ready, and served by Redis, within the limit', () => {
    expect(broken(...OVER, ready('A', 7_000), ready('B', 8_000))).toEqual([]);
  });

  it.each([
    ['one never asked', [ready('A', 300)]],
    ['one too late', [ready('A', 300), ready('B', 8_200)]],
    ['one still asking PostgreSQL', [ready('A', 300), ready('B', 300, { source: 'postgres' })]],
    ['one that was well before the end alone', [ready('A', 300), ready('B', 150)]],
  ])('lacks %s', (_, lines) => {
    expect(broken(...OVER, ...lines)).toEqual(NOT_BACK);
  });

  it('lasts', () => {
    const both = [ready('A', 300), ready('B', 300), mark('recovered', 310)];
    expect(broken(...OVER, ...both, ready('A', 400))).toEqual([]);
    expect(broken(...OVER, ...both, ready('A', 400, { source: 'postgres' }))).toEqual(NOT_BACK);
  });

  it('is also that acknowledgements need not be waited for any more', () => {
    const both = [ready('A', 300), ready('B', 300), mark('recovered', 310)];
    const logOut = (sentAt: number, took: number) =>
      request('log-out', [sentAt, sentAt + took], { session: 's' });
    expect(broken(...OVER, ...both, logOut(250, 3_600))).toEqual([]);
    expect(broken(...OVER, ...both, logOut(400, 3_600))).toEqual(NOT_BACK);
    expect(broken(...OVER, ...both, logOut(400, 3_600), logOut(500, 20))).toEqual([]);
  });
});
