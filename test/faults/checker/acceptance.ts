import { type Request, WAIT_MS } from '../log.js';
import { accessVictim, type Deaths, refreshVictim } from './deaths.js';
import type { History } from './history.js';
import type { Violation } from './violation.js';

/** Whether a request stands or falls with the access token that it presents. */
export const presentsAccess = ({ act, token }: Request): boolean => token !== undefined && act !== 'refresh';

/** Whether the answer says that the presented access token is not accepted. */
export const refusesAccess = ({ act, outcome, status }: Request): boolean =>
  outcome === 'refused' && (act === 'validate' || status === 401);

/** Nothing that was sent after an acknowledgement may succeed with what it killed. */
export function acceptedAfterDeath(history: History, deaths: Deaths): Violation[] {
  return history.requests.flatMap((request) => {
    if (request.outcome !== 'accepted') return [];
    const death = deathOf(request, deaths);
    if (!death || death.at >= request.sentAt) return [];
    const late = (request.sentAt - death.at).toFixed(1);
    return [
      {
        rule: 'accepted after the acknowledgement',
        what: `${request.act} by ${request.contract} on node ${request.node}, sent ${late} ms after ${death.cause.act} had been acknowledged by node ${death.cause.node}`,
        proof: [...opening(request, history), death.cause, request],
      },
    ];
  });
}

function deathOf(request: Request, deaths: Deaths): { at: number; cause: Request } | undefined {
  const { act, account, password } = request;
  if (presentsAccess(request)) return deaths.isDead(accessVictim(request));
  if (act === 'refresh') return deaths.isDead(refreshVictim(request));
  if (act === 'log-in' && password !== undefined) return deaths.passwordIsOver(account, password);
  return undefined;
}

const opening = ({ session }: Request, history: History): Request[] => {
  const by = session === undefined ? undefined : history.sessions.get(session)?.by;
  return by ? [by] : [];
};

/**
 * A token that is refused once stays refused, whether or not anybody was told that it is dead: what one node refuses is
 * committed, and so every node refuses it later.
 */
export function cameBack(history: History): Violation[] {
  const refused = new Map<string, Request>();
  for (const request of history.requests) {
    const { token = '' } = request;
    if (presentsAccess(request) && refusesAccess(request) && !refused.has(token)) refused.set(token, request);
  }
  return history.requests.flatMap((request) => {
    const before = refused.get(request.token ?? '');
    const accepted = presentsAccess(request) && request.outcome === 'accepted';
    if (!before || !accepted || request.sentAt <= before.endedAt + WAIT_MS) return [];
    const after = ((request.sentAt - before.endedAt) / 1000).toFixed(1);
    return [
      {
        rule: 'came back',
        what: `node ${request.node} accepted a token ${after} s after node ${before.node} had refused it`,
        proof: [before, request],
      },
    ];
  });
}
