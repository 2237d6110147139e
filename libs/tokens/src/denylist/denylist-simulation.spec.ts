import { isWrong, type Outcome, play, playAll, range } from '../../../../test/support/denylist-model/play.js';
import { type Situation, SITUATIONS } from '../../../../test/support/denylist-model/situations.js';

/** How many runs of each situation; far more by hand: SIMULATION_RUNS=20000. */
const RUNS = Number(process.env['SIMULATION_RUNS'] ?? 40);
/** The first run's seed, and which situations: to see again what has failed. */
const SEED = Number(process.env['SIMULATION_SEED'] ?? 1);
const CHOSEN = (Object.keys(SITUATIONS) as Situation[]).filter((name) =>
  name.includes(process.env['SIMULATION'] ?? ''),
);
/** How much of a trace is shown. */
const LINES = 150;

/**
 * Several nodes (the real code) on modelled stores, networks and clocks, whose every step a seeded schedule delays, loses
 * or kills. After each run all faults end, and everything must come back.
 */
describe('simulated nodes', () => {
  it.each(CHOSEN)(
    'never accept what was acknowledged as revoked, and come back: %s',
    async (situation) => {
      const outcomes = await playAll(range(SEED, RUNS), { focus: SITUATIONS[situation], recovery: true });
      const wrong = outcomes.find(isWrong);
      if (wrong) throw new Error(await told(wrong, situation));
      // Something was asked after it was revoked, of whom the situation is about; or this has shown nothing.
      const answers = outcomes.reduce((sum, each) => sum + each.answers.refused, 0);
      expect(answers).toBeGreaterThan(outcomes.length);
    },
    60_000 + RUNS * 500,
  );

  it('gives the same run for the same seed', async () => {
    const traces = [[], []] as [string[], string[]];
    for (const notes of traces) await play(7, { notes, recovery: true });
    const [first, second] = traces.map((notes) =>
      notes.map((line) => line.replace(/filling:[0-9a-f]+/g, 'a token')),
    );
    expect(first?.length).toBeGreaterThan(100);
    expect(second).toEqual(first);
  });
});

/** What went wrong, how to see it again, and what led to it. */
async function told({ seed, violation, missing }: Outcome, situation: Situation): Promise<string> {
  const notes: string[] = [];
  await play(seed, { focus: SITUATIONS[situation], recovery: true, notes });
  return [
    violation ?? missing,
    `again: SIMULATION='${situation}' SIMULATION_SEED=${seed} SIMULATION_RUNS=1`,
    notes[0],
    ...notes.slice(-LINES),
  ].join('\n');
}
