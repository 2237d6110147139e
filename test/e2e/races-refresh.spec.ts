import { atOnce, claimsOf, DIALECTS, isAlive, newPerson, tally } from '../support/race-client.js';
import { holdLock } from '../support/held-lock.js';
import { bearer, send } from '../support/http.js';
import { type Service, startService } from '../support/start-service.js';

const ROUNDS = 30;
const ROW_LOCK = 'SELECT FROM sessions WHERE id = $1 FOR UPDATE';

describe('refreshes at the same time', () => {
  let service: Service;
  let urls: string[];
  let other: Service;

  beforeAll(async () => {
    service = await startService();
    other = await startService({ database: service.database, clock: service.clock });
    urls = [service.url, other.url];
  });
  afterAll(async () => {
    await other.stop();
    await service.stop();
  });

  const nodeOf = (index: number, count = 2): string => urls[index % count] as string;

  const cases = DIALECTS.flatMap((dialect) =>
    [1, 2].map((nodes) => ({ contract: dialect.name, nodes, dialect })),
  );

  it.each(cases)(
    '$contract: 50 of one token on $nodes node(s) yield one successor',
    async ({ dialect, nodes }) => {
      const { username } = await newPerson(service);
      const tokens = dialect.tokensOf(await dialect.login(service.url, username));
      const answers = await atOnce(50, (index) => dialect.refresh(nodeOf(index, nodes), tokens));

      expect(tally(answers)).toEqual({ 200: 50 });
      const given = answers.map(dialect.tokensOf);
      const secrets = [...new Set(given.map(({ refresh }) => claimsOf(refresh).jti))];
      const before = claimsOf(tokens.refresh).jti;
      expect(secrets).toHaveLength(1);
      expect(secrets[0]).not.toBe(before);
      expect(new Set(given.map(({ access }) => claimsOf(access).gen))).toEqual(new Set([2]));

      const [row] = await service.database.query(
        `SELECT gen, ended_at, leaf = sha256($2) AS "leafIsSuccessor", parent = sha256($3) AS "parentIsOld"
       FROM sessions WHERE id = $1`,
        [
          claimsOf(tokens.access).sid,
          ...[secrets[0] as string, before].map((jti) => Buffer.from(jti, 'base64url')),
        ],
      );
      expect(row).toEqual({ gen: 2, ended_at: null, leafIsSuccessor: true, parentIsOld: true });
      const next = await dialect.refresh(nodeOf(1, nodes), given[0]!);
      expect(next.status).toBe(200);
      expect(claimsOf(dialect.tokensOf(next).access).gen).toBe(3);
    },
  );

  it.each(DIALECTS)('$name: a refresh racing a logout never survives it', async (dialect) => {
    const { username } = await newPerson(service);
    for (let round = 0; round < ROUNDS; round++) {
      const tokens = dialect.tokensOf(await dialect.login(service.url, username));
      const race = [
        () => dialect.logout(nodeOf(round), tokens.access),
        () => dialect.refresh(nodeOf(round + 1), tokens),
        () => dialect.refresh(nodeOf(round), tokens),
      ];
      // Whoever starts first has the better chance: each of them does in its turn.
      const order = [0, 1, 2].map((place) => (place + round) % 3);
      const answers = await Promise.all(order.map((which) => race[which]!()));
      const of = (which: number) => answers[order.indexOf(which)]!;

      expect(of(0).status).toBe(200);
      const left = [tokens, ...[of(1), of(2)].filter(({ status }) => status === 200).map(dialect.tokensOf)];
      expect([of(1).status, of(2).status].every((status) => status === 200 || status === 401)).toBe(true);
      for (const { access, refresh } of left) {
        expect(await isAlive(nodeOf(round), access)).toBe(false);
        expect((await dialect.refresh(nodeOf(round), { access, refresh })).status).toBe(401);
      }
    }
  });

  it.each(DIALECTS)('$name: a refresh that waits behind a logout is refused', async (dialect) => {
    const { username } = await newPerson(service);
    const tokens = dialect.tokensOf(await dialect.login(service.url, username));
    const lock = await holdLock(service.database, ROW_LOCK, [claimsOf(tokens.access).sid]);
    const logout = dialect.logout(nodeOf(0), tokens.access);
    await lock.untilWaiting(1);
    const refresh = dialect.refresh(nodeOf(1), tokens);
    await lock.untilWaiting(2);
    await lock.release();
    expect([(await logout).status, (await refresh).status]).toEqual([200, 401]);
    expect(await isAlive(nodeOf(1), tokens.access)).toBe(false);
  });

  it.each(DIALECTS)('$name: a logout that waits behind a refresh ends the successor too', async (dialect) => {
    const { username } = await newPerson(service);
    const tokens = dialect.tokensOf(await dialect.login(service.url, username));
    const lock = await holdLock(service.database, ROW_LOCK, [claimsOf(tokens.access).sid]);
    const refreshing = dialect.refresh(nodeOf(0), tokens);
    await lock.untilWaiting(1);
    const logout = dialect.logout(nodeOf(1), tokens.access);
    await lock.untilWaiting(2);
    await lock.release();
    const refreshed = await refreshing;
    expect([refreshed.status, (await logout).status]).toEqual([200, 200]);
    for (const each of [tokens, dialect.tokensOf(refreshed)]) {
      expect(await isAlive(nodeOf(0), each.access)).toBe(false);
      expect((await dialect.refresh(nodeOf(0), each)).status).toBe(401);
    }
  });

  it('two "end all sessions" racing refreshes of those sessions end all of them', async () => {
    const person = await newPerson(service);
    for (let round = 0; round < 10; round++) {
      const logins = await atOnce(8, (index) => DIALECTS[index % 2]!.login(nodeOf(index), person.username));
      const sessions = logins
        .map((answer, index) => ({ dialect: DIALECTS[index % 2]!, answer }))
        .map(({ dialect, answer }) => ({ dialect, tokens: dialect.tokensOf(answer) }));
      const endAll = (index: number) =>
        send('DELETE', `${nodeOf(index)}/token/v1/sessions/users/${person.id}`, {
          headers: bearer(sessions[index]!.tokens.access),
        });
      const race = [
        ...sessions.slice(0, 4).map(
          ({ dialect, tokens }, index) =>
            () =>
              dialect.refresh(nodeOf(index), tokens),
        ),
        () => endAll(round % 4),
        () => endAll((round + 1) % 4),
        ...sessions.slice(4).map(
          ({ dialect, tokens }, index) =>
            () =>
              dialect.refresh(nodeOf(index), tokens),
        ),
      ];
      const answers = await Promise.all(race.map((start) => start()));

      // The second one may find that its own session was ended by the first.
      const ends = answers.slice(4, 6).map(({ status }) => status);
      expect(ends).toContain(204);
      expect(ends.every((status) => status === 204 || status === 401)).toBe(true);
      const refreshes = [...answers.slice(0, 4), ...answers.slice(6)];
      expect(refreshes.every(({ status }) => status === 200 || status === 401)).toBe(true);
      const successors = refreshes.flatMap((answer, index) =>
        answer.status === 200 ? [sessions[index]!.dialect.tokensOf(answer)] : [],
      );
      const tokens = [...sessions.map((session) => session.tokens), ...successors];
      expect(await Promise.all(tokens.map(({ access }) => isAlive(service.url, access)))).not.toContain(true);
      const [row] = await service.database.query(
        'SELECT count(*)::int AS live FROM sessions WHERE user_id = $1 AND ended_at IS NULL',
        [person.id],
      );
      expect(row).toEqual({ live: 0 });
    }
  });
});
