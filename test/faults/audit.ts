import { setTimeout as pause } from 'node:timers/promises';
import { judgeAudit } from './checker/judge.js';
import type { Violation } from './checker/violation.js';
import { Load } from './load/load.js';
import { NODES, Recorder } from './load/recorder.js';
import type { HeldToken } from './load/token-pool.js';
import { LogWriter, readLog, WAIT_MS } from './log.js';
import { GRACE_MS } from './stage/node.js';
import type { Stage } from './stage/stage.js';
import { compareCopy, readTruths } from './stage/stores.js';

const AT_ONCE = 16;

export interface AuditResult {
  readonly violations: readonly Violation[];
  /** How many tokens PostgreSQL calls dead, and alive. */
  readonly dead: number;
  readonly alive: number;
}

/** Once everything is quiet: each token is tried at each node, and the answer held against PostgreSQL. */
export async function audit(stage: Stage, tokens: readonly HeldToken[], file: string): Promise<AuditResult> {
  const log = new LogWriter(file);
  log.write({
    kind: 'round',
    fault: 'none',
    mayRefuse: [],

    recoveryLimit: 0,
    grace: GRACE_MS,
  });
  // until no grace interval is open
  await pause(GRACE_MS);
  const truths = await readTruths(stage, [...new Set(tokens.map(({ facts }) => facts.session ?? ''))]);
  for (const truth of truths) log.write(truth);
  log.write(await compareCopy(stage));
  await pause(WAIT_MS + 100);
  const load = new Load(new Recorder(log, { A: stage.nodes.A.url, B: stage.nodes.B.url }));
  const left = NODES.flatMap((node) => tokens.map((token) => ({ node, token })));
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) await load.validate(next.node, next.token);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  log.flush();
  const known = new Map(truths.map((truth) => [truth.session, truth]));
  const isDead = ({ facts: { session = '', generation = 0 } }: HeldToken): boolean => {
    const truth = known.get(session);
    return truth !== undefined && (truth.ended || generation < truth.deadBelow);
  };
  const dead = tokens.filter(isDead).length;
  return { violations: judgeAudit(readLog(file)), dead, alive: tokens.length - dead };
}
