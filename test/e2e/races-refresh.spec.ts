import { holdLock } from '../support/held-lock.js';
import { bearer, send } from '../support/http.js';
import { atOnce, claimsOf, DIALECTS, type Dialect, isAlive, newPerson, tally, type Tokens } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

describe('refreshes at the same time', () => {
  let service: Service;
  let other: Service;

  beforeAll(async () => {
    service = await startService();
    other = await startService({ database: service.database, clock: service.clock });
  });
  afterAll(async () => {
    await other.stop();
    await service.stop();
  });

  const nodes = (count: number): string[] => [service.url, other.url].slice(0, count);

  async function logIn(dialect: Dialect): Promise<Tokens & { sid: string; userId: number }> {
    const { username, id } = await newPerson(service);
    const tokens = dialect.tokensOf(await dialect.login(service.url, username));
    return { ...tokens, sid: claimsOf(tokens.access).sid, userId: id };
  }

  const rowOf = async (sid: string) => {
    const [row] = await service.database.query(
      `SELECT gen, ended_at, end_reason, encode(leaf, 'hex') AS leaf, encode(parent, 'hex') AS parent,
              encode(sha256(decode($2, 'hex')), 'hex') AS hash
       FROM sessions WHERE id = $1`,
      [sid, ''],
    );
    return row as { gen: number; ended_at: Date | null; end_reason: string | null; leaf: string; parent: string };
  };

  const cases = DIALECTS.flatMap((dialect) => [1, 2].map((count) => ({ dialect, count, name: dialect.name })));

  it.each(cases)('$name: 50 of one token on $count node(s) yield one successor', async ({ dialect, count }) => {
    const tokens = await logIn(dialect);
    const urls = nodes(count);
    const answers = await atOnce(50, (index) => dialect.refresh(urls[index % count] as string, tokens));

    expect(tally(answers)).toEqual({ 200: 50 });
    const successors = new Set(answers.map((answer) => claimsOf(dialect.tokensOf(answer).refresh).jti));
    expect(successors.size).toBe(1);
    expect(successors).not.toContain(claimsOf(tokens.refresh).jti);
    const generations = answers.map((answer) => claimsOf(dialect.tokensOf(answer).access).gen);
    expect(new Set(generations)).toEqual(new Set([2]));

    const [secret] = successors as unknown as [string];
    const [row] = await service.database.query(
      `SELECT gen, ended_at, leaf = sha256($2::bytea) AS "leafIsSuccessor", parent = sha256($3::bytea) AS "parentIsOld"
       FROM sessions WHERE id = $1`,
      [
        tokens.sid,
        Buffer.from([...successors][0] ?? secret, 'base64url'),
        Buffer.from(claimsOf(tokens.refresh).jti, 'base64url'),
      ],
    );
    expect(row).toEqual({ gen: 2, ended_at: null, leafIsSuccessor: true, parentIsOld: true });
    // The one successor refreshes in its turn.
    const next = await dialect.refresh(urls[0] as string, dialect.tokensOf(answers[0]!));
    expect(next.status).toBe(200);
    expect(claimsOf(dialect.tokensOf(next).access).gen).toBe(3);
  });
});
