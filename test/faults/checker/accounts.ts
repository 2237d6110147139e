import type { Request } from '../log.js';
import type { History } from './history.js';
import type { Violation } from './violation.js';

/** At the end every account that was acknowledged is there once, and one password opens it. */
export function accounts(history: History): Violation[] {
  return [...history.everyAccount].flatMap(([account, requests]) => [
    ...madeTwice(account, requests),
    ...(history.at('settled') === undefined ? [] : password(account, requests)),
  ]);
}

function madeTwice(account: string, requests: readonly Request[]): Violation[] {
  const made = requests.filter(({ act, outcome }) => act === 'register' && outcome === 'accepted');
  return made.length > 1 ? [violation(`${account} was registered twice`, made)] : [];
}

function password(account: string, requests: readonly Request[]): Violation[] {
  const shown = requests.find((request) => showsAccount(request));
  if (!shown) return [];
  const asked = requests.filter(({ final }) => final);
  const opening = asked.filter(({ outcome }) => outcome === 'accepted');
  const numbers = new Set(opening.map((request) => request.password));
  if (numbers.size === 1) return [];
  const what = numbers.size === 0 ? 'no password opens' : 'more than one password opens';
  return [violation(`${what} ${account}`, [shown, ...(numbers.size === 0 ? asked : opening)])];
}

/** An answer that only an account can have. */
const showsAccount = ({ act, outcome, status }: Request): boolean =>
  (outcome === 'accepted' && (act === 'register' || act === 'log-in')) ||
  (act === 'register' && outcome === 'refused' && status === 409);

const violation = (what: string, proof: readonly Request[]): Violation => ({ rule: 'account', what, proof });
