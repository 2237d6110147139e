import type { Request } from '../log.js';
import { broken, mark, presenting, request, ROUND } from './hand-made.js';

const GUILTY = ['account'];
const AWAY = [mark('down', 0, 'A'), mark('up', 1_000, 'A')];
const SETTLED = mark('settled', 2_000);

const register = (outcome: Request['outcome'], sentAt = 0, facts: Partial<Request> = {}) =>
  request('register', [sentAt, sentAt + 5], { password: 1, outcome, ...facts });
const finally_ = (password: number, outcome: Request['outcome']) =>
  request('log-in', [3_000, 3_010], { password, outcome, final: true });
/** Without an answer: either password may be the account's. */
const change = request('change-password', [20, 30], {
  ...presenting('s'),
  outcome: 'unanswered',
  password: 1,
  newPassword: 2,
});

describe('an account', () => {
  it('that was acknowledged is there in the end', () => {
    expect(broken(register('accepted'), SETTLED, finally_(1, 'accepted'))).toEqual([]);
    expect(broken(register('accepted'), SETTLED, finally_(1, 'refused'))).toContain('account');
    expect(broken(register('accepted'), SETTLED)).toEqual(GUILTY);
  });

  it('that was not acknowledged is there or not', () => {
    for (const outcome of ['accepted', 'refused'] as const)
      expect(broken(...AWAY, register('unanswered'), SETTLED, finally_(1, outcome))).toEqual([]);
  });

  it('whose name is taken by an earlier try of its own is there', () => {
    const taken = register('refused', 10, { status: 409 });
    const tries = [...AWAY, register('unanswered'), taken, SETTLED];
    expect(broken(...tries, finally_(1, 'accepted'))).toEqual([]);
    expect(broken(...tries, finally_(1, 'refused'))).toEqual(GUILTY);
  });

  it('is never made twice', () => {
    const twice = [register('accepted'), register('accepted', 10), SETTLED, finally_(1, 'accepted')];
    expect(broken(...twice)).toEqual(GUILTY);
  });

  it('has the old password or the new one, not both and not none', () => {
    const before = [ROUND, ...AWAY, register('accepted'), change, SETTLED];
    expect(broken(...before, finally_(1, 'accepted'), finally_(2, 'refused'))).toEqual([]);
    expect(broken(...before, finally_(1, 'refused'), finally_(2, 'accepted'))).toEqual([]);
    expect(broken(...before, finally_(1, 'accepted'), finally_(2, 'accepted'))).toEqual(GUILTY);
    expect(broken(...before, finally_(1, 'refused'), finally_(2, 'refused'))).toEqual(GUILTY);
  });
});
