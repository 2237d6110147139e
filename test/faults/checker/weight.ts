import { ENDING_ACTS, type Line, type NodeName, type Request } from '../log.js';
import { presentsAccess } from './acceptance.js';
import { accessVictim, Deaths } from './deaths.js';
import { History } from './history.js';

/** How much a round has seen: a log without deeds has no violations either. */
export interface Weight {
  readonly requests: number;
  /** Acts that kill tokens and were acknowledged: in all, before the fault, and since then. */
  readonly acknowledged: { readonly all: number; readonly before: number; readonly since: number };
  /** Such acts, whatever became of them, that were under way between the fault and the recovery. */
  readonly underWay: number;
  readonly validations: number;
  /** Tries of tokens that were dead by an acknowledgement: until the recovery, and after the fault on each node. */
  readonly dead: { readonly during: number; readonly after: Readonly<Record<NodeName, number>> };
  /** Tokens that were accepted after the recovery, on each node. */
  readonly accepted: Readonly<Record<NodeName, number>>;
  /** Acts that kill tokens and were acknowledged after the recovery, by each node. */
  readonly ends: Readonly<Record<NodeName, number>>;
  readonly unavailable: number;
  readonly unanswered: number;
  /** The slowest answer, in milliseconds, of processes that ran. */
  readonly slowest: number;
  /** From the end of the cause until both nodes were well, in milliseconds; undefined: they never were. */
  readonly recovery: number | undefined;
}

export function weigh(lines: readonly Line[]): Weight {
  const history = new History(lines);
  const deaths = new Deaths(history);
  const { requests } = history;
  const [fault = 0, over = Infinity] = [history.at('fault'), history.at('over')];
  const recovered = history.at('recovered') ?? Infinity;
  const ending = requests.filter(({ act }) => ENDING_ACTS.includes(act));
  const acknowledged = ending.filter(({ outcome }) => outcome === 'accepted');
  const validations = requests.filter(presentsAccess);
  const dead = validations.filter((request) => {
    const death = deaths.isDead(accessVictim(request));
    return death !== undefined && death.at < request.sentAt;
  });
  const on = (node: NodeName, from: number) => (request: Request) =>
    request.node === node && request.sentAt > from;
  const accepted = validations.filter(({ outcome }) => outcome === 'accepted');
  const answered = requests.filter(({ outcome }) => outcome !== 'unanswered');
  return {
    requests: requests.length,
    acknowledged: {
      all: acknowledged.length,
      before: acknowledged.filter(({ endedAt }) => endedAt < fault).length,
      since: acknowledged.filter(({ endedAt }) => endedAt >= fault).length,
    },
    underWay: ending.filter(({ sentAt, endedAt }) => sentAt <= recovered && endedAt >= fault).length,
    validations: validations.length,
    dead: {
      during: dead.filter(({ sentAt }) => sentAt >= fault && sentAt <= recovered).length,
      after: { A: dead.filter(on('A', over)).length, B: dead.filter(on('B', over)).length },
    },
    ends: {
      A: acknowledged.filter(on('A', recovered)).length,
      B: acknowledged.filter(on('B', recovered)).length,
    },
    accepted: {
      A: accepted.filter(on('A', recovered)).length,
      B: accepted.filter(on('B', recovered)).length,
    },
    unavailable: requests.filter(({ outcome }) => outcome === 'unavailable').length,
    unanswered: requests.length - answered.length,
    slowest: Math.round(Math.max(0, ...answered.map(({ sentAt, endedAt }) => endedAt - sentAt))),
    recovery: recovered < Infinity ? Math.round(recovered - over) : undefined,
  };
}

/** What a round must have seen at the least. */
const LEAST = { before: 10, since: 5, underWay: 3, dead: 10, deadAfter: 30, ends: 1, accepted: 15 };

/** What a round lacks to mean anything; empty where it has enough of everything. */
export function lacksWeight({ acknowledged, underWay, dead, ends, accepted }: Weight): string[] {
  const counts: readonly (readonly [what: string, count: number, least: number])[] = [
    ['acts acknowledged before the fault', acknowledged.before, LEAST.before],
    ['acts acknowledged since the fault', acknowledged.since, LEAST.since],
    ['acts under way between the fault and the recovery', underWay, LEAST.underWay],
    ['tries of dead tokens between the fault and the recovery', dead.during, LEAST.dead],
    ['tries of dead tokens after it on node A', dead.after.A, LEAST.deadAfter],
    ['tries of dead tokens after it on node B', dead.after.B, LEAST.deadAfter],
    ['acts acknowledged by node A after the recovery', ends.A, LEAST.ends],
    ['acts acknowledged by node B after the recovery', ends.B, LEAST.ends],
    ['tokens accepted by node A after the recovery', accepted.A, LEAST.accepted],
    ['tokens accepted by node B after the recovery', accepted.B, LEAST.accepted],
  ];
  return counts.flatMap(([what, count, least]) => (count < least ? [`${what}: ${count} of ${least}`] : []));
}
