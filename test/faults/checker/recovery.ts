import { ENDING_ACTS, type NodeName, type Request, WAIT_MS } from '../log.js';
import type { History } from './history.js';
import type { Violation } from './violation.js';

const NODES: readonly NodeName[] = ['A', 'B'];

/** Whether a node says of itself that it can do its work, and that Redis tells it what is revoked. */
export const isWell = ({ act, outcome, source }: Request): boolean =>
  act === 'ready' && outcome === 'accepted' && source === 'redis';

const isLateEnd = ({ act, outcome, sentAt }: Request, recovered: number): boolean =>
  ENDING_ACTS.includes(act) && outcome === 'accepted' && sentAt > recovered;

/**
 * Both nodes are back within the limit, stay so, and acknowledge without waiting. What they answer after that is judged
 * by the other rules.
 */
export function notRecovered(history: History): Violation[] {
  const over = history.at('over');
  if (over === undefined) return [];
  const limit = over + history.round.recoveryLimit;
  return NODES.flatMap((node) => {
    const asked = history.requests.filter((request) => request.act === 'ready' && request.node === node);
    const after = asked.filter(({ sentAt }) => sentAt >= over);
    const well = after.find((request) => isWell(request) && request.endedAt <= limit);
    if (!well) {
      const what = `node ${node} was not ready and served by Redis within ${history.round.recoveryLimit} ms`;
      return [violation(what, after.slice(-1))];
    }
    const recovered = history.at('recovered') ?? well.endedAt;
    const fell = after.find((request) => request.sentAt > recovered && !isWell(request));
    if (fell) return [violation(`node ${node} had recovered, and then was not well again`, [well, fell])];
    const ends = history.requests.filter((request) => request.node === node && isLateEnd(request, recovered));
    if (ends.length === 0 || ends.some(({ sentAt, endedAt }) => endedAt - sentAt < WAIT_MS)) return [];
    return [violation(`node ${node} had recovered, and waited with each acknowledgement`, [well, ...ends])];
  });
}

const violation = (what: string, proof: Request[]): Violation => ({
  rule: 'not back by itself',
  what,
  proof,
});
