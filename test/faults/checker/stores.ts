import { type Truth, WAIT_MS } from '../log.js';
import { presentsAccess, refusesAccess } from './acceptance.js';
import type { History } from './history.js';
import type { Violation } from './violation.js';

/** Once the load has ended, an access token is accepted if and only if PostgreSQL says so. */
export function contradictions(history: History): Violation[] {
  const truths = new Map<string, Truth>();
  for (const line of history.lines) if (line.kind === 'truth') truths.set(line.session, line);
  return history.requests.flatMap((request) => {
    const truth = truths.get(request.session ?? '');
    if (!truth || !presentsAccess(request) || request.sentAt <= truth.at + WAIT_MS) return [];
    const dead = truth.ended || (request.generation ?? 0) < truth.deadBelow;
    const wrong = dead ? request.outcome === 'accepted' : refusesAccess(request);
    if (!wrong) return [];
    const what = `node ${request.node} ${dead ? 'accepts what is revoked' : 'refuses what is not revoked'}`;
    return [{ rule: 'contradicts PostgreSQL', what, proof: [truth, request] }];
  });
}

/** Where the marker stands, nothing that is published may be missing; and everything is published in the end. */
export function incompleteCopies(history: History): Violation[] {
  return history.lines.flatMap((line): Violation[] => {
    if (line.kind !== 'copy') return [];
    const faults = [
      ...(line.marked ? [] : ['Redis holds no marker']),
      ...(line.missing.length === 0 ? [] : [`Redis lacks ${line.missing.length} revocations`]),
      ...(line.unpublished === 0 ? [] : [`${line.unpublished} revocations are not published`]),
    ];
    return faults.map((what) => ({ rule: 'incomplete copy', what, proof: [line] }));
  });
}
