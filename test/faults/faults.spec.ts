import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describeWithRedis } from '../support/redis-server.js';
import { audit } from './audit.js';
import { FAULTS, LENGTHY_FAULTS } from './catalogue/index.js';
import { printed, type Violation } from './checker/violation.js';
import { lacksWeight } from './checker/weight.js';
import { shuffled } from './load/ending.js';
import type { HeldToken } from './load/token-pool.js';
import { type Row, tableOf } from './report.js';
import { playRound } from './round.js';
import { Stage } from './stage/stage.js';

/** How often each fault is played: once in every run of the tests, more often by `npm run faults`. */
const TIMES = Number(process.env['FAULT_ROUNDS'] ?? 1);
/** Only faults whose names match, for whoever looks for one. */
const CHOSEN = [...FAULTS, ...(TIMES > 1 ? LENGTHY_FAULTS : [])].filter(({ name }) =>
  new RegExp(process.env['FAULT'] ?? '', 'i').test(name),
);
/** Where the logs go, and stay; else they are removed where nobody needs them. */
const KEPT = process.env['FAULT_LOGS'];
const SHOWN = 15;
const TOKENS_OF_EACH_ROUND = 30;

describeWithRedis('two nodes under load', () => {
  const rows: Row[] = [];
  const tokens: HeldToken[] = [];
  let clean = true;
  let directory: string;
  let stage: Stage;

  beforeAll(async () => {
    directory = KEPT ?? mkdtempSync(path.join(os.tmpdir(), 'gatehouse-faults-'));
    mkdirSync(directory, { recursive: true });
    stage = await Stage.open();
  }, 60_000);
  afterAll(async () => {
    process.stdout.write(tableOf(rows));
    await stage?.close();
    if (clean && KEPT === undefined) rmSync(directory, { recursive: true, force: true });
  }, 60_000);

  /** Tells the violations with their proof, and where the whole log is. */
  function expectNone(violations: readonly Violation[], file: string): void {
    if (violations.length === 0) return;
    clean = false;
    const shown = violations.slice(0, SHOWN).map(printed).join('\n\n');
    throw new Error(
      `${violations.length} violations, the whole log is ${file}\n\n${shown}\n\n${lastWords()}`,
    );
  }

  const lastWords = (): string =>
    Object.values(stage.nodes)
      .map(({ name, output }) => `node ${name} said last:\n${output.slice(-2_000)}`)
      .join('\n\n');

  const numbers = Array.from({ length: TIMES }, (_, index) => index + 1);
  describe.each(numbers)('round %d', (number) => {
    it.each(CHOSEN.map((fault) => [fault.name, fault] as const))(
      'keeps its promises: %s',
      async (name, fault) => {
        const file = path.join(directory, `${name.replaceAll(/\W+/g, '-')}-${number}.jsonl`);
        const result = await playRound(stage, fault, file).catch(async (error: unknown) => {
          clean = false;
          await stage.heal();
          throw error;
        });
        rows.push({ fault: name, ...result });
        tokens.push(...shuffled(result.tokens).slice(0, TOKENS_OF_EACH_ROUND));
        await stage.dismiss();
        expectNone(result.violations, file);
        const lacking = lacksWeight(result.weight);
        clean &&= lacking.length === 0;
        expect(lacking).toEqual([]);
      },
      90_000,
    );
  });

  it('accepts in the end exactly what PostgreSQL says is not revoked', async () => {
    const file = path.join(directory, 'audit.jsonl');
    const { violations, dead, alive } = await audit(stage, tokens, file);
    expectNone(violations, file);
    expect(dead).toBeGreaterThan(5 * CHOSEN.length);
    expect(alive).toBeGreaterThan(5 * CHOSEN.length);
  }, 120_000);
});
