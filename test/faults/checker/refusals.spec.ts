import type { Request } from '../log.js';
import { broken, grant, mark, OPENED, presenting, refreshing, request, ROUND } from './hand-made.js';

const WITHOUT = ['refused without a reason'];
const refused = { outcome: 'refused' } as const;
/** What a node may leave unanswered in these logs: its process is away. */
const AWAY = [{ ...ROUND, mayRefuse: ['A', 'B'] } as const, mark('down', 0, 'A'), mark('up', 1_000, 'A')];

describe('a refusal', () => {
  const validate = request('validate', [50, 60], { ...presenting('s'), ...refused });

  it('of a token that nobody has touched is found', () => {
    expect(broken(...OPENED, validate)).toEqual(WITHOUT);
    const call = request('end-others', [50, 60], { ...presenting('s'), ...refused });
    expect(broken(...OPENED, call)).toEqual(WITHOUT);
  });

  it.each(['accepted', 'unavailable', 'unanswered'] as const)(
    'is none of a token whose end was %s',
    (outcome) => {
      const end = request('log-out', [20, 30], { ...presenting('s'), outcome });
      expect(broken(...AWAY, ...OPENED, end, validate)).not.toContain(WITHOUT[0]);
    },
  );

  it('of a token whose end was refused is found, and so is one that came before the end', () => {
    const end = (sentAt: number, facts: Partial<Request> = {}) =>
      request('end-session', [sentAt, 100], { target: 's', ...facts });
    expect(broken(...OPENED, end(20, { ...refused, status: 403 }), validate)).toContain(WITHOUT[0]);
    expect(broken(...OPENED, end(70), validate)).toEqual(WITHOUT);
    expect(broken(...OPENED, end(55), validate)).toEqual([]);
  });

  it('of a session that was opened after all had been ended is found', () => {
    const end = request('end-all', [11, 12], presenting('s'));
    const young = request('log-in', [13, 15], { password: 1, grant: grant('young') });
    const late = request('validate', [50, 60], { ...presenting('young'), ...refused });
    expect(broken(...OPENED, end, young, late)).toEqual(WITHOUT);
  });

  it('of one that was opened while an end without an answer may still have been under way is not', () => {
    const end = request('end-all', [11, 12], { ...presenting('s'), outcome: 'unanswered' });
    const young = request('log-in', [13, 15], { password: 1, grant: grant('young') });
    const late = request('validate', [50, 60], { ...presenting('young'), ...refused });
    expect(broken(...AWAY, ...OPENED, end, young, late)).toEqual([]);
  });

  it('by any other status than 401 needs a reason of its own', () => {
    const forbidden = request('end-others', [50, 60], { ...presenting('s'), ...refused, status: 403 });
    const end = request('log-out', [20, 30], presenting('s'));
    expect(broken(...OPENED, end, forbidden)).toEqual(WITHOUT);
  });
});

describe('a refused refresh', () => {
  const rotation = request('refresh', [20, 30], { ...refreshing('s'), grant: grant('s', { generation: 2 }) });
  const again = (sentAt: number, generation = 1) =>
    request('refresh', [sentAt, sentAt + 5], { ...refreshing('s', generation), ...refused });

  it('of the live token is found', () => {
    expect(broken(...OPENED, rotation, again(40, 2))).toEqual(WITHOUT);
  });

  it('of a spent one within the grace interval is found, after it not', () => {
    expect(broken(...OPENED, rotation, again(1_900))).toEqual(WITHOUT);
    expect(broken(...OPENED, rotation, again(2_200))).toEqual([]);
  });

  it('is none where the successor was spent too', () => {
    const next = request('refresh', [40, 50], {
      ...refreshing('s', 2),
      grant: grant('s', { generation: 3 }),
    });
    expect(broken(...OPENED, rotation, next, again(60))).toEqual([]);
  });

  it('may follow from a try without an answer, which is carried out late', () => {
    const lost = request('refresh', [20, 30], { ...refreshing('s'), outcome: 'unanswered' });
    const retried = request('refresh', [40, 50], {
      ...refreshing('s'),
      grant: grant('s', { generation: 2 }),
    });
    const later = (sentAt: number) =>
      request('validate', [sentAt, sentAt + 5], { ...presenting('s', 2), ...refused });
    expect(broken(...AWAY, ...OPENED, lost, retried, later(2_200))).toEqual([]);
    expect(broken(...AWAY, ...OPENED, lost, retried, later(1_000))).toEqual(WITHOUT);
  });
});

describe('a refused login', () => {
  const logIn = (password: number, facts: Partial<Request> = {}) =>
    request('log-in', [50, 60], { password, ...refused, ...facts });
  const change = (outcome: Request['outcome'], newPassword = 2) =>
    request('change-password', [20, 30], { ...presenting('s'), outcome, password: 1, newPassword });

  it('by the right password is found, and so is a lock', () => {
    expect(broken(...OPENED, logIn(1))).toEqual(WITHOUT);
    expect(broken(...OPENED, change('accepted'), logIn(2))).toEqual(WITHOUT);
    expect(broken(...OPENED, change('accepted'), logIn(1, { status: 423 }))).toEqual(WITHOUT);
  });

  it.each([1, 2])('is none while nobody knows whether it was changed: password %d', (password) => {
    expect(broken(...AWAY, ...OPENED, change('unanswered'), logIn(password))).toEqual([]);
  });

  it('is found once the new one has opened a session', () => {
    const opened = request('log-in', [40, 45], { password: 2, grant: grant('new') });
    expect(broken(...AWAY, ...OPENED, change('unanswered'), opened, logIn(2))).toEqual(WITHOUT);
  });

  it('is none where the registration was not acknowledged', () => {
    const register = request('register', [0, 5], { password: 1, outcome: 'unanswered' });
    expect(broken(...AWAY, register, logIn(1))).toEqual([]);
  });
});

describe('other refusals', () => {
  const taken = request('register', [50, 60], { password: 1, ...refused, status: 409 });

  it('a name that nobody has asked for before cannot be taken', () => {
    expect(broken(taken)).toEqual(WITHOUT);
    const lost = request('register', [0, 5], { password: 1, outcome: 'unanswered' });
    expect(broken(...AWAY, lost, taken)).toEqual([]);
  });

  it('the current password is wrong only where it may have been changed', () => {
    const change = (sentAt: number, facts: Partial<Request>) =>
      request('change-password', [sentAt, sentAt + 5], {
        ...presenting('s'),
        password: 1,
        newPassword: 2,
        ...facts,
      });
    const wrong = change(50, { ...refused, status: 400 });
    expect(broken(...OPENED, wrong)).toEqual(WITHOUT);
    expect(broken(...AWAY, ...OPENED, change(20, { outcome: 'unanswered' }), wrong)).toEqual([]);
  });

  it('a mailed link is good until there is another password', () => {
    const useless = request('reset-by-mail', [50, 60], { newPassword: 2, ...refused, status: 400 });
    expect(broken(...OPENED, useless)).toEqual(WITHOUT);
    const first = request('reset-by-mail', [40, 45], { newPassword: 2, outcome: 'unanswered' });
    expect(broken(...AWAY, ...OPENED, first, useless)).toEqual([]);
  });
});
