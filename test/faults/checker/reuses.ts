import type { Request } from '../log.js';
import type { History } from './history.js';
import { CLOCK_SLACK_MS, type Kill } from './kills.js';

/** Which refresh token followed which, as far as answers tell. */
export const successorsIn = (requests: readonly Request[]): ReadonlyMap<string, string> =>
  new Map(
    requests.flatMap(({ act, refreshToken, grant }) =>
      act === 'refresh' && refreshToken !== undefined && grant
        ? [[refreshToken, grant.refreshToken] as const]
        : [],
    ),
  );

/**
 * The kills of one session by a spent refresh token that is presented again: outside its grace interval, or after its
 * successor was spent too. A request that got no answer may be carried out late, and be one itself.
 */
export function killsByReuse(session: string, requests: readonly Request[], history: History): Kill[] {
  if (!history.sessions.get(session)?.grant.rotates) return [];
  const refreshes = requests.filter((request) => request.act === 'refresh' && request.session === session);
  const successors = successorsIn(refreshes);
  return refreshes
    .filter(({ outcome }) => outcome !== 'accepted')
    .flatMap((cause) => {
      const { mayFrom, mustFrom } = judged(cause, refreshes, successors, history);
      if (mayFrom === undefined) return [];
      const concerns = (victim: { readonly session: string }): boolean => victim.session === session;
      return [
        {
          cause,
          mayBeDeadFrom: (victim) => (concerns(victim) ? mayFrom : undefined),
          isDeadFrom: (victim) => (concerns(victim) ? mustFrom : undefined),
        } satisfies Kill,
      ];
    });
}

function judged(
  cause: Request,
  refreshes: readonly Request[],
  successors: ReadonlyMap<string, string>,
  history: History,
): { mayFrom: number | undefined; mustFrom: number | undefined } {
  const { grace } = history.round;
  const successor = successors.get(cause.refreshToken ?? '');
  let mayFrom: number | undefined;
  let mustFrom: number | undefined;
  for (const other of refreshes) {
    if (other === cause || other.outcome === 'refused') continue;
    const same = other.refreshToken === cause.refreshToken;
    if (!same && (successor === undefined || other.refreshToken !== successor)) continue;
    const spentFor = same ? grace : 0;
    const earliest = other.sentAt + spentFor - CLOCK_SLACK_MS;
    if (history.latestEffect(cause) > earliest)
      mayFrom = Math.min(mayFrom ?? Infinity, Math.max(cause.sentAt, earliest));
    const certain = other.outcome === 'accepted' && cause.outcome === 'refused';
    if (certain && cause.sentAt > other.endedAt + spentFor + CLOCK_SLACK_MS) mustFrom = cause.endedAt;
  }
  return { mayFrom, mustFrom };
}
