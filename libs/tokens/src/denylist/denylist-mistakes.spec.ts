import { PARALYSING, PLANTED } from '../../../../test/support/denylist-model/mistakes.js';
import { partsWith } from '../../../../test/support/denylist-model/mutated-parts.js';
import { playAll, range } from '../../../../test/support/denylist-model/play.js';
import { SITUATIONS } from '../../../../test/support/denylist-model/situations.js';

/**
 * So many runs may pass before a mistake shows; nearly all need fewer than thirty. Rarer ones are looked for where
 * SIMULATION_RUNS says how often.
 */
const MOST = 600;
const LONG = Number(process.env['SIMULATION_RUNS'] ?? 0);

/** The simulation is worth what it finds: each rule that somebody could leave out must be missed by it. */
describe('the simulation notices', () => {
  const frequent = Object.entries(PLANTED).filter(([, { rare }]) => !rare || LONG > 0);

  it.each(frequent)(
    '%s',
    async (_, { mistakes, situation, from = 1, rare }) => {
      const seeds = range(from, rare ? LONG : MOST);
      const outcomes = await playAll(seeds, { parts: partsWith(mistakes), focus: SITUATIONS[situation] });
      expect(outcomes.filter(({ violation }) => violation !== undefined)).not.toEqual([]);
    },
    120_000 + LONG * 500,
  );

  it.each(Object.entries(PARALYSING))(
    'that nothing comes back with %s',
    async (_, { mistakes, situation }) => {
      const focus = SITUATIONS[situation];
      const outcomes = await playAll(range(1, MOST), { parts: partsWith(mistakes), focus, recovery: true });
      expect(outcomes.filter(({ missing }) => missing !== undefined)).not.toEqual([]);
    },
    120_000,
  );

  it('refuses to plant a mistake where the text has changed', () => {
    const mistake = { file: 'lease.ts', right: 'no such text', wrong: '' };
    expect(() => partsWith([mistake])).toThrow('lease.ts has 0 times: no such text');
  });
});
