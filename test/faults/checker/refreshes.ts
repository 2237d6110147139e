import type { Request } from '../log.js';
import { grouped, type History } from './history.js';
import { CLOCK_SLACK_MS } from './kills.js';
import type { Violation } from './violation.js';

type Granting = Request & { readonly grant: NonNullable<Request['grant']> };

/** Refreshes that gave tokens, by session, where a refresh replaces what refreshes. */
function rotations(history: History): readonly (readonly Granting[])[] {
  const granted = history.requests.filter(
    (request): request is Granting => request.act === 'refresh' && request.grant?.rotates === true,
  );
  return [...grouped(granted, ({ grant }) => grant.session).values()];
}

/** Whoever presents a refresh token, however often, gets the same successor or none. */
export function twoSuccessors(history: History): Violation[] {
  return rotations(history).flatMap((refreshes) =>
    refreshes.flatMap((request) => {
      const first = refreshes.find(({ refreshToken }) => refreshToken === request.refreshToken) as Granting;
      if (first.grant.refreshToken === request.grant.refreshToken) return [];
      return [
        {
          rule: 'two successors' as const,
          what: `one refresh token of session ${request.grant.session} has yielded two`,
          proof: [first, request],
        },
      ];
    }),
  );
}

/** A spent token yields its successor for the grace interval alone, and only until that is spent itself. */
export function spentRefreshed(history: History): Violation[] {
  const { grace } = history.round;
  return rotations(history).flatMap((refreshes) =>
    refreshes.flatMap((request) => {
      const spentBy = refreshes.find(
        (other) =>
          (other.refreshToken === request.refreshToken &&
            request.sentAt > other.endedAt + grace + CLOCK_SLACK_MS) ||
          (other.refreshToken === request.grant.refreshToken && request.sentAt > other.endedAt),
      );
      if (!spentBy) return [];
      return [
        {
          rule: 'spent token refreshed' as const,
          what: `session ${request.grant.session} was refreshed on node ${request.node} by a token that was spent`,
          proof: [spentBy, request],
        },
      ];
    }),
  );
}
