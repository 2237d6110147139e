import { broken, grant, OPENED, presenting, refreshing, request } from './hand-made.js';
import { judge } from './judge.js';
import { ROUND } from './hand-made.js';

const AFTER = ['accepted after the acknowledgement'];
const refused = { outcome: 'refused' } as const;

describe('acceptance after an acknowledgement', () => {
  const logOut = request('log-out', [20, 30], presenting('s'));

  it('is not there where the token is refused from then on', () => {
    const refusal = request('validate', [31, 40], { ...presenting('s'), ...refused, node: 'B' });
    expect(broken(...OPENED, logOut, refusal)).toEqual([]);
  });

  it('may happen to a request that was sent before the answer was there', () => {
    const inFlight = request('validate', [29, 40], { ...presenting('s'), node: 'B' });
    expect(broken(...OPENED, logOut, inFlight)).toEqual([]);
  });

  it('is found on any node, and proved', () => {
    const late = request('validate', [31, 40], { ...presenting('s'), node: 'B' });
    const [violation, ...others] = judge([ROUND, ...OPENED, logOut, late]);
    expect(others).toEqual([]);
    expect(violation).toMatchObject({ rule: AFTER[0], proof: [OPENED[1], logOut, late] });
    expect(violation?.what).toContain('sent 1.0 ms after log-out had been acknowledged');
  });

  it('is not there where nobody was told: 503, no answer, a refusal', () => {
    for (const outcome of ['unavailable', 'unanswered'] as const) {
      const lines = [
        request('log-out', [20, 30], { ...presenting('s'), outcome }),
        request('validate', [31, 40], presenting('s')),
      ];
      expect(broken(...OPENED, ...lines)).not.toContain(AFTER[0]);
    }
  });

  it.each([
    ['a call that does something', request('end-others', [31, 40], presenting('s'))],
    ['a refresh', request('refresh', [31, 40], { ...refreshing('s'), grant: grant('s', { generation: 2 }) })],
  ])('is found in %s', (_, late) => {
    expect(broken(...OPENED, logOut, late)).toEqual(AFTER);
  });

  it('is found where another session ended this one', () => {
    const lines = [
      request('log-in', [6, 10], { password: 1, grant: grant('other') }),
      request('end-session', [20, 30], { ...presenting('other'), target: 's', status: 204 }),
      request('validate', [31, 40], presenting('other')),
    ];
    expect(broken(...OPENED, ...lines)).toEqual([]);
    expect(broken(...OPENED, ...lines, request('validate', [31, 40], presenting('s')))).toEqual(AFTER);
  });

  describe('of an act that ends many sessions', () => {
    const second = request('log-in', [6, 10], { password: 1, grant: grant('second') });
    const late = (session: string) => request('validate', [31, 40], presenting(session));

    it.each(['end-others', 'change-password'] as const)('%s spares the one that asks', (act) => {
      const end = request(act, [20, 30], { ...presenting('s'), password: 1, newPassword: 2 });
      expect(broken(...OPENED, second, end, late('s'))).toEqual([]);
      expect(broken(...OPENED, second, end, late('second'))).toEqual(AFTER);
    });

    it.each(['end-all', 'reset-by-mail'] as const)('%s spares none', (act) => {
      const end = request(act, [20, 30], { ...(act === 'end-all' && presenting('s')), newPassword: 2 });
      expect(broken(...OPENED, second, end, late('s'))).toEqual(AFTER);
    });

    it('is not there for a session that was being opened meanwhile', () => {
      const meanwhile = request('log-in', [15, 25], { password: 1, grant: grant('young') });
      const end = request('end-all', [20, 30], presenting('s'));
      expect(broken(...OPENED, meanwhile, end, late('young'))).toEqual([]);
    });

    it('is found for one that was being opened by the password that was changed', () => {
      const meanwhile = request('log-in', [15, 25], { password: 1, grant: grant('young') });
      const change = request('change-password', [20, 30], {
        ...presenting('s'),
        password: 1,
        newPassword: 2,
      });
      expect(broken(...OPENED, meanwhile, change, late('young'))).toEqual(AFTER);
    });

    it('is not there for one that the new password opened', () => {
      const change = request('change-password', [20, 30], {
        ...presenting('s'),
        password: 1,
        newPassword: 2,
      });
      const meanwhile = request('log-in', [25, 28], { password: 2, grant: grant('young') });
      expect(broken(...OPENED, change, meanwhile, late('young'))).toEqual([]);
    });
  });

  it('is found in a login by a password that was changed', () => {
    const change = request('change-password', [20, 30], { ...presenting('s'), password: 1, newPassword: 2 });
    const byOld = (sentAt: number) =>
      request('log-in', [sentAt, 40], { password: 1, grant: grant(`s${sentAt}`) });
    expect(broken(...OPENED, change, byOld(29))).toEqual([]);
    expect(broken(...OPENED, change, byOld(31))).toEqual(AFTER);
  });

  it('is found where a session was renewed, for its earlier tokens alone', () => {
    const renewal = request('reset-by-session', [20, 30], {
      ...presenting('s'),
      newPassword: 2,
      grant: grant('s', { generation: 2 }),
    });
    const late = (generation: number) => request('validate', [31, 40], presenting('s', generation));
    expect(broken(...OPENED, renewal, late(2))).toEqual([]);
    expect(broken(...OPENED, renewal, late(1))).toEqual(AFTER);
    const refresh = request('refresh', [31, 40], {
      ...refreshing('s'),
      grant: grant('s', { generation: 3 }),
    });
    expect(broken(...OPENED, renewal, refresh)).toEqual(AFTER);
  });

  describe('of a refresh that replaces the access token', () => {
    const replacing = { replacesAccess: true };
    const opened = request('log-in', [6, 10], { password: 1, grant: grant('s', replacing) });
    const refreshes = [2, 3].map((generation) =>
      request('refresh', [generation * 100, generation * 100 + 5], {
        ...refreshing('s', generation - 1),
        grant: grant('s', { generation, ...replacing }),
      }),
    );
    const at = (sentAt: number, generation: number) =>
      request('validate', [sentAt, sentAt + 5], presenting('s', generation));

    it('is there for the replaced one after the grace interval, for an older one at once', () => {
      expect(broken(OPENED[0]!, opened, ...refreshes, at(2_300, 2))).toEqual([]);
      expect(broken(OPENED[0]!, opened, ...refreshes, at(2_400, 2))).toEqual(AFTER);
      expect(broken(OPENED[0]!, opened, ...refreshes, at(310, 1))).toEqual(AFTER);
      expect(broken(OPENED[0]!, opened, ...refreshes, at(9_000, 3))).toEqual([]);
    });
  });

  it('is found where a spent refresh token was presented and the session lives on', () => {
    const rotation = request('refresh', [20, 30], {
      ...refreshing('s'),
      grant: grant('s', { generation: 2 }),
    });
    const reuse = request('refresh', [2_100, 2_110], { ...refreshing('s'), ...refused });
    const late = request('validate', [2_120, 2_130], presenting('s'));
    expect(broken(...OPENED, rotation, reuse, late)).toEqual(AFTER);
  });
});

describe('a token that comes back', () => {
  const end = request('log-out', [20, 30], { ...presenting('s'), outcome: 'unanswered' });
  const tries = (refusedAt: number, acceptedAt: number) => [
    request('validate', [refusedAt, refusedAt], { ...presenting('s'), ...refused }),
    request('validate', [acceptedAt, acceptedAt], { ...presenting('s'), node: 'B' }),
  ];

  it('may do so until every node must have heard, where nobody was told that it is dead', () => {
    expect(broken(...OPENED, end, ...tries(100, 3_500))).toEqual(['no answer']);
  });

  it('is found after that', () => {
    expect(broken(...OPENED, end, ...tries(100, 3_700))).toEqual(['came back', 'no answer']);
  });
});
