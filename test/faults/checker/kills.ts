import type { Act, Request } from '../log.js';
import type { History } from './history.js';

/** A token that something may kill. */
export interface Victim {
  readonly account: string | undefined;
  readonly session: string;
  readonly generation: number;
  readonly kind: 'access' | 'refresh';
}

/** What a request does to tokens. Moments in milliseconds; undefined: nothing to this one. */
export interface Kill {
  readonly cause: Request;
  /** From when on the victim may be dead: the act may have been carried out. */
  mayBeDeadFrom(victim: Victim): number | undefined;
  /** From when on it must be dead: the act was acknowledged. */
  isDeadFrom(victim: Victim): number | undefined;
}

/** Between the client's clock and that by which a grace interval is measured. */
export const CLOCK_SLACK_MS = 50;

/** Acts after which the account has another password. */
export const setsPassword = ({ act }: Request): boolean =>
  act === 'change-password' || act === 'reset-by-session' || act === 'reset-by-mail';

const KILLS: Partial<Record<Act, (cause: Request, history: History) => readonly Kill[]>> = {
  'log-out': (cause) => [wholeSession(cause, cause.session)],
  'end-session': (cause) => [wholeSession(cause, cause.target)],
  'end-all': (cause, history) => [allSessions(cause, history, undefined)],
  'reset-by-mail': (cause, history) => [allSessions(cause, history, undefined)],
  'end-others': (cause, history) => [allSessions(cause, history, cause.session)],
  'change-password': (cause, history) => [allSessions(cause, history, cause.session)],
  'reset-by-session': (cause, history) => [allSessions(cause, history, cause.session), renewal(cause)],
  refresh: (cause, history) =>
    history.sessions.get(cause.session ?? '')?.grant.replacesAccess
      ? [replacement(cause, history.round.grace)]
      : [],
};

/** The kills that a request may be; those by spent refresh tokens are reuses.ts. A refusal is certain to have changed nothing. */
export const killsBy = (cause: Request, history: History): readonly Kill[] =>
  cause.outcome === 'refused' ? [] : (KILLS[cause.act]?.(cause, history) ?? []);

const acknowledged = ({ outcome, endedAt }: Request): number | undefined =>
  outcome === 'accepted' ? endedAt : undefined;

const wholeSession = (cause: Request, session: string | undefined): Kill => ({
  cause,
  mayBeDeadFrom: (victim) => (victim.session === session ? cause.sentAt : undefined),
  isDeadFrom: (victim) => (victim.session === session ? acknowledged(cause) : undefined),
});

/** A session that was being opened at the same time may be older or younger than the act. */
function allSessions(cause: Request, history: History, except: string | undefined): Kill {
  const opened = ({ session }: Victim): Request | undefined =>
    session === except ? undefined : history.sessions.get(session)?.by;
  return {
    cause,
    mayBeDeadFrom: (victim) => {
      const by = opened(victim);
      return by && by.sentAt < history.latestEffect(cause) ? cause.sentAt : undefined;
    },
    isDeadFrom: (victim) => {
      const by = opened(victim);
      if (!by) return undefined;
      // one that was opened by an earlier password has no place beside the new one, however close the race was
      const byEarlierPassword =
        setsPassword(cause) && by.password !== undefined && by.password < (cause.newPassword ?? 0);
      return by.endedAt < cause.sentAt || byEarlierPassword ? acknowledged(cause) : undefined;
    },
  };
}

/** The session goes on under new tokens alone. */
function renewal(cause: Request): Kill {
  const older = ({ session, generation }: Victim): boolean =>
    session === cause.session && generation < (cause.grant?.generation ?? Infinity);
  return {
    cause,
    mayBeDeadFrom: (victim) => (older(victim) ? cause.sentAt : undefined),
    isDeadFrom: (victim) => (older(victim) ? acknowledged(cause) : undefined),
  };
}

/** The access token that was presented lives on for the grace interval, older ones do not. */
function replacement(cause: Request, grace: number): Kill {
  const next = cause.grant?.generation ?? (cause.generation ?? 0) + 1;
  const concerns = ({ session, generation, kind }: Victim): boolean =>
    kind === 'access' && session === cause.session && generation < next;
  const after = (moment: number, { generation }: Victim, slack: number): number =>
    generation === next - 1 ? moment + grace + slack : moment;
  return {
    cause,
    mayBeDeadFrom: (victim) => (concerns(victim) ? after(cause.sentAt, victim, -CLOCK_SLACK_MS) : undefined),
    isDeadFrom: (victim) => {
      const moment = acknowledged(cause);
      return moment !== undefined && concerns(victim) ? after(moment, victim, CLOCK_SLACK_MS) : undefined;
    },
  };
}
