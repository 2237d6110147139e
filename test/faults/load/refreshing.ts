import { now } from '../log.js';
import { mourn } from './ending.js';
import { anyOf } from './load.js';
import type { HeldRefresh, HeldSession, Person } from './person.js';
import type { Result } from './recorder.js';

/** How long a careful client has tried a refresh token before it takes the session for lost: within the grace interval. */
const PATIENCE_MS = 1_500;

/** Refreshes a session; what was not answered is asked again with the same token. */
export async function refresh(person: Person): Promise<void> {
  const { load } = person;
  const session = anyOf(person.sessions);
  const presented = session.refresh;
  const deadline = now() + PATIENCE_MS;
  const { outcome, granted, endedAt } = await load.persist(async (node) => {
    const result = await present(person, session, presented, node);
    const late = result.outcome !== 'accepted' && now() > deadline;
    return late ? { ...result, outcome: 'refused' as const } : result;
  });
  if (outcome !== 'accepted' || !granted) {
    person.lose(session);
    return;
  }
  const { generation, token } = granted.grant;
  const { account } = person;
  session.access = {
    value: granted.tokens.access,
    facts: { account, session: session.id, generation, token },
  };
  load.pool.add(session.access);
  if (!granted.grant.rotates) return;
  session.spent.push({ ...presented, since: endedAt });
  session.refresh = granted;
}

/** Presents a token that was spent long ago, as a thief does: the session ends. */
export async function reuse(person: Person, grace: number): Promise<void> {
  const spent = person.sessions.flatMap((session) =>
    session.spent.filter(({ since }) => now() > since + grace + 200).map((held) => ({ session, held })),
  );
  if (spent.length === 0) return;
  const { session, held } = anyOf(spent);
  const { outcome } = await person.load.persist((node) => present(person, session, held, node));
  await mourn(person, person.lose(session), outcome === 'refused');
}

/** A refresh by this token, and the access token that came with it where the contract wants both. */
function present(
  person: Person,
  { id, contract }: HeldSession,
  { tokens, grant }: HeldRefresh,
  node: 'A' | 'B',
): Promise<Result> {
  const { account, load } = person;
  const { generation, refreshToken } = grant;
  const facts = { account, session: id, generation, refreshToken };
  return load.recorder.ask('refresh', node, contract, facts, (clients) => clients[contract].refresh(tokens));
}
