import type { Act, Request } from '../log.js';
import { presentsAccess, refusesAccess } from './acceptance.js';
import { accessVictim, type Death, type Deaths, refreshVictim } from './deaths.js';
import type { History } from './history.js';
import { setsPassword } from './kills.js';
import type { Violation } from './violation.js';

/** What nobody had begun to change may not be refused. */
export function refusedWithoutReason(history: History, deaths: Deaths): Violation[] {
  return history.requests.flatMap((request) => {
    if (request.outcome !== 'refused' || hasReason(request, history, deaths)) return [];
    return [
      {
        rule: 'refused without a reason',
        what: `${request.act} by ${request.contract} on node ${request.node} was answered ${request.status}`,
        proof: [...before(request, history), request],
      },
    ];
  });
}

type Reason = (request: Request, history: History, deaths: Deaths) => boolean;

const began = (death: Death | undefined, { endedAt }: Request): boolean =>
  death !== undefined && death.at < endedAt;

/** What may be the reason, beside a token that may be dead. */
const REASONS: Partial<Record<Act, readonly [status: number, reason: Reason]>> = {
  refresh: [401, (request, _, deaths) => began(deaths.mayBeDead(refreshVictim(request)), request)],
  'log-in': [401, passwordMayBeWrong],
  // wrong, as far as the service knows
  'change-password': [
    400,
    (request, _, deaths) => began(deaths.passwordMayBeOver(request.account, request.password ?? 0), request),
  ],
  register: [
    409,
    (request, history) => history.of(request.account).some((other) => mayHaveMade(other, request)),
  ],
  // any other new password makes the link useless
  'reset-by-mail': [
    400,
    (request, history) => history.of(request.account).some((other) => mayHaveVoided(other, request)),
  ],
};

function hasReason(request: Request, history: History, deaths: Deaths): boolean {
  if (presentsAccess(request) && refusesAccess(request))
    return began(deaths.mayBeDead(accessVictim(request)), request);
  const [status, reason] = REASONS[request.act] ?? [];
  return request.status === status && reason?.(request, history, deaths) === true;
}

function passwordMayBeWrong(request: Request, history: History, deaths: Deaths): boolean {
  const { account, password = 0, sentAt, endedAt } = request;
  const over = deaths.passwordMayBeOver(account, password);
  if (over && over.at < endedAt) return true;
  // else it is right from the moment on at which an answer said so
  const known = history.of(account).some((other) => other.endedAt <= sentAt && saysRight(other, password));
  return !known;
}

const saysRight = (other: Request, password: number): boolean =>
  other.outcome === 'accepted' &&
  (setsPassword(other)
    ? other.newPassword === password
    : (other.act === 'log-in' || other.act === 'register') && other.password === password);

const mayHaveMade = (other: Request, request: Request): boolean =>
  other !== request &&
  other.act === 'register' &&
  other.outcome !== 'refused' &&
  other.sentAt < request.endedAt;

const mayHaveVoided = (other: Request, request: Request): boolean =>
  other !== request && setsPassword(other) && other.outcome !== 'refused' && other.sentAt < request.endedAt;

/** Where the token or the account comes from. */
function before(request: Request, history: History): Request[] {
  const by =
    request.session === undefined
      ? history.of(request.account).find(({ act, outcome }) => act === 'register' && outcome === 'accepted')
      : history.sessions.get(request.session)?.by;
  return by && by !== request ? [by] : [];
}
