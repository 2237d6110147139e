import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { send } from '../support/http.js';
import type { Fault } from './catalogue/fault.js';
import { judge } from './checker/judge.js';
import type { Violation } from './checker/violation.js';
import { weigh, type Weight } from './checker/weight.js';
import { live } from './load/life.js';
import { CONTRACTS } from './load/clients.js';
import { BARE, Load, watch } from './load/load.js';
import { logInForTheRecord } from './load/opening.js';
import type { Person } from './load/person.js';
import { askPlainly, NODES, Recorder } from './load/recorder.js';
import type { HeldToken } from './load/token-pool.js';
import { LogWriter, type Mark, type NodeName, now, readLog } from './log.js';
import { GRACE_MS } from './stage/node.js';
import type { Stage } from './stage/stage.js';
import { compareCopy } from './stage/stores.js';

/**
 * Noticing takes a second at the most, then 3.5 s are waited, and the copy is filled: 5 s in all. The rest is for a busy
 * machine, on which a fill may run into the 250 ms of a command and be tried again after two seconds.
 */
export const RECOVERY_LIMIT_MS = 10_000;
const PEOPLE = 20;
const WATCHERS_OF_EACH_NODE = 4;
/** Between two people who come at the beginning. */
const ARRIVAL_MS = 30;
/** Load before the fault and after everything is back: so long at the least, and until it has seen enough. */
const CALM_MS = 1_000;
const POLL_MS = 50;

export interface RoundResult {
  readonly violations: readonly Violation[];
  readonly weight: Weight;
  /** Every access token that was seen. */
  readonly tokens: readonly HeldToken[];
}

/** Waits until both nodes are ready and served by Redis. */
export const untilWell = (stage: Stage): Promise<unknown> =>
  eventually(
    'both nodes to be ready and served by Redis',
    async () => {
      const answers = await Promise.all(
        Object.values(stage.nodes).map(({ url }) => send('GET', `${url()}/health/ready`)),
      );
      return answers.every(({ status, json }) => status === 200 && json.denylist?.source === 'redis');
    },
    2 * RECOVERY_LIMIT_MS,
  );

/** One fault under load. The log is written to `file`, read again and judged. */
export async function playRound(stage: Stage, fault: Fault, file: string): Promise<RoundResult> {
  await untilWell(stage);
  if (fault.prepare) {
    await fault.prepare(stage);
    await untilWell(stage);
  }
  const log = new LogWriter(file);
  const mark = (what: Mark['what'], node?: NodeName): void =>
    log.write({ kind: 'mark', at: now(), what, node });
  const { name, mayRefuse } = fault;
  log.write({
    ...{ kind: 'round', fault: name, mayRefuse },
    ...{ recoveryLimit: RECOVERY_LIMIT_MS, grace: GRACE_MS },
  });
  const load = new Load(new Recorder(log, { A: stage.nodes.A.url, B: stage.nodes.B.url }));
  const lives = Array.from({ length: PEOPLE }, (_, index) => live(load, GRACE_MS, index * ARRIVAL_MS));
  const watchers = NODES.flatMap((node) =>
    Array.from({ length: WATCHERS_OF_EACH_NODE }, (_, index) =>
      watch(load, node, index % 2 === 0 ? BARE : CONTRACTS),
    ),
  );
  const running = Promise.all([Promise.all(lives), ...watchers]);
  // a fault of the test itself is told by the await below
  running.catch(() => undefined);
  try {
    await calm(load, { acknowledged: 8, tried: 20 });
    mark('fault');
    await fault.strike(stage, mark);
    mark('over');
    await recovery(load, mark);
    await calm(load, { acknowledged: 3, tried: 40 });
  } finally {
    load.end();
  }
  const [people] = await running;
  await load.settled();
  mark('settled');
  await eachAtOnce(people.flat(), logInForTheRecord);
  log.write(await settledCopy(stage));
  log.flush();
  const lines = readLog(file);
  return { violations: judge(lines), weight: weigh(lines), tokens: load.pool.all };
}

/**
 * Load without a fault, until each node has acknowledged so many acts, and accepted and refused so many tokens. What it
 * does not come to is told by the checker.
 */
async function calm({ recorder }: Load, least: { acknowledged: number; tried: number }): Promise<void> {
  const from = now();
  const wanted = [
    ['acknowledged', least.acknowledged],
    ['accepted', least.tried],
    ['refused', least.tried],
  ] as const;
  await pause(CALM_MS);
  await eventually(
    'the load to have done enough',
    () =>
      NODES.every((node) => wanted.every(([what, count]) => recorder.answered(node, what, from) >= count)),
    2 * RECOVERY_LIMIT_MS,
  ).catch(() => undefined);
}

/** Asks both nodes how they are until both are well; gives up a little later than they may take. */
async function recovery({ recorder }: Load, mark: (what: Mark['what']) => void): Promise<void> {
  const deadline = now() + RECOVERY_LIMIT_MS + 1_000;
  while (now() < deadline) {
    const answers = await Promise.all(
      NODES.map((node) =>
        recorder.ask('ready', node, 'token', {}, (_, url) => askPlainly(`${url}/health/ready`)),
      ),
    );
    const well = answers.every(
      ({ outcome, body }) => outcome === 'accepted' && body?.denylist?.source === 'redis',
    );
    if (well) return mark('recovered');
    await pause(POLL_MS);
  }
}

/** Some at once: as many as would log in by themselves. */
async function eachAtOnce(people: readonly Person[], work: (person: Person) => Promise<void>): Promise<void> {
  const left = [...people];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** What a node left behind is published by another one's next tick: the last look that is taken within the limit. */
async function settledCopy(stage: Stage) {
  const deadline = now() + RECOVERY_LIMIT_MS;
  for (;;) {
    const copy = await compareCopy(stage);
    const complete = copy.marked && copy.missing.length === 0 && copy.unpublished === 0;
    if (complete || now() > deadline) return copy;
    await pause(POLL_MS);
  }
}
