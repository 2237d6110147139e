import { claimsOf } from '../../conformance/support/claims.js';
import { anyOf } from './load.js';
import type { HeldSession, Person } from './person.js';
import type { HeldToken } from './token-pool.js';

/** Ends the session by its own contract's logout, or by token's revoke. */
export async function logOut(person: Person): Promise<void> {
  const { load } = person;
  const session = anyOf(person.sessions);
  const { value, facts } = session.access;
  const contract = anyOf([session.contract, 'token'] as const);
  const { outcome } = await load.persist((node) =>
    load.recorder.ask('log-out', node, contract, facts, (clients) => clients[contract].logOut(value)),
  );
  await mourn(person, person.lose(session), outcome === 'accepted');
}

/** Ends one of the person's sessions from another one. */
export async function endSession(person: Person): Promise<void> {
  const { load, sessions } = person;
  const [asking, target] = shuffled(sessions) as [HeldSession, HeldSession];
  const { value, facts } = asking.access;
  const { outcome } = await load.persist((node) =>
    load.recorder.ask('end-session', node, 'token', { ...facts, target: target.id }, ({ token }) =>
      token.endSession(value, target.id),
    ),
  );
  await mourn(person, person.lose(target), outcome === 'accepted');
  if (outcome === 'refused') person.lose(asking);
}

/** Ends all sessions, or all but the one that asks. */
export async function endSessions(person: Person, exceptCurrent: boolean): Promise<void> {
  const { load } = person;
  const asking = anyOf(person.sessions);
  const { value, facts } = asking.access;
  const query: Record<string, string> = exceptCurrent ? { except_current: 'true' } : {};
  const { outcome } = await load.persist((node) =>
    load.recorder.ask(exceptCurrent ? 'end-others' : 'end-all', node, 'token', facts, ({ token }) =>
      token.endSessions(value, claimsOf(value).uid, query),
    ),
  );
  const kept = exceptCurrent && outcome === 'accepted' ? asking : undefined;
  await mourn(person, person.loseOthers(kept), outcome === 'accepted');
}

/** Where the end was acknowledged, its tokens are tried at once, and on every node. */
export async function mourn(
  person: Person,
  tokens: readonly HeldToken[],
  acknowledged: boolean,
): Promise<void> {
  if (acknowledged) await person.load.haunt(shuffled(tokens).slice(0, 4));
}

export function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
