import type { Line } from '../log.js';
import { acceptedAfterDeath, cameBack } from './acceptance.js';
import { accounts } from './accounts.js';
import { broken, notAnswered, slow, unavailable } from './answers.js';
import { Deaths } from './deaths.js';
import { History } from './history.js';
import { notRecovered } from './recovery.js';
import { spentRefreshed, twoSuccessors } from './refreshes.js';
import { refusedWithoutReason } from './refusals.js';
import { contradictions, incompleteCopies } from './stores.js';
import type { Violation } from './violation.js';

/**
 * What must never happen once everything is quiet and every token that is known is tried against what PostgreSQL says
 * of it: the log of such an audit tells of tokens whose beginnings other logs have.
 */
export function judgeAudit(lines: readonly Line[]): Violation[] {
  const history = new History(lines);
  return [contradictions, incompleteCopies, notAnswered, unavailable, slow, broken].flatMap((rule) =>
    rule(history),
  );
}

/** Everything in the log of one round that must never happen. Knows the log alone: no service, no clock. */
export function judge(lines: readonly Line[]): Violation[] {
  const history = new History(lines);
  const deaths = new Deaths(history);
  return [
    ...acceptedAfterDeath(history, deaths),
    ...cameBack(history),
    ...refusedWithoutReason(history, deaths),
    ...notAnswered(history),
    ...unavailable(history),
    ...slow(history),
    ...broken(history),
    ...notRecovered(history),
    ...twoSuccessors(history),
    ...spentRefreshed(history),
    ...accounts(history),
    ...contradictions(history),
    ...incompleteCopies(history),
  ];
}
