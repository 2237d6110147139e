import type { Request } from '../log.js';
import { broken, grant, OPENED, refreshing, request } from './hand-made.js';

const refresh = (sentAt: number, generation: number, facts: Partial<Request> = {}): Request =>
  request('refresh', [sentAt, sentAt + 10], {
    ...refreshing('s', generation),
    grant: grant('s', { generation: generation + 1 }),
    ...facts,
  });

describe('a refresh token', () => {
  it('yields its successor, as often as it is asked in the grace interval', () => {
    expect(broken(...OPENED, refresh(20, 1), refresh(40, 1), refresh(2_000, 1))).toEqual([]);
  });

  it('never yields two', () => {
    const other = refresh(40, 1, { grant: { ...grant('s', { generation: 2 })!, refreshToken: 'another' } });
    expect(broken(...OPENED, refresh(20, 1), other)).toEqual(['two successors']);
  });

  it('yields nothing after the grace interval', () => {
    expect(broken(...OPENED, refresh(20, 1), refresh(2_100, 1))).toEqual(['spent token refreshed']);
  });

  it('yields nothing once its successor was spent', () => {
    const spent = [refresh(20, 1), refresh(40, 2)];
    expect(broken(...OPENED, ...spent, refresh(45, 1))).toEqual([]);
    expect(broken(...OPENED, ...spent, refresh(60, 1))).toEqual(['spent token refreshed']);
  });

  it('is good for ever where a refresh does not replace it', () => {
    const kept = { grant: grant('s', { rotates: false }) };
    expect(broken(...OPENED, refresh(20, 1, kept), refresh(9_000, 1, kept))).toEqual([]);
  });
});
