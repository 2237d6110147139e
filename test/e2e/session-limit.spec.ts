import { administrationOf } from '../support/administration.js';
import { holdLock } from '../support/held-lock.js';
import { type Answer, bearer, send } from '../support/http.js';
import { jsendLogin, jsendLogout, jsendUser, resetPassword } from '../support/jsend-session.js';
import {
  atOnce,
  camel,
  claimsOf,
  DIALECTS,
  isAlive,
  newPerson,
  PASSWORD,
  type Person,
  tally,
  token,
  type Tokens,
} from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const LIMIT = 5;
const DAY = 86_400_000;

describe('SESSIONS_PER_USER', () => {
  let service: Service;
  let other: Service;

  beforeAll(async () => {
    const env = { SESSIONS_PER_USER: String(LIMIT), LOCKOUT_ATTEMPTS: '1000' };
    service = await startService({ env });
    other = await startService({ env, database: service.database, clock: service.clock });
    // No commit, of whichever node, may leave an account with more.
    await service.database.query(`
      CREATE FUNCTION hold_limit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF (SELECT count(*) FROM sessions WHERE user_id = NEW.user_id AND ended_at IS NULL
            AND least(idle_expires_at, expires_at) > NEW.created_at) > ${LIMIT}
        THEN RAISE 'more live sessions than allowed'; END IF;
        RETURN NULL;
      END $$`);
    await service.database.query(`
      CREATE CONSTRAINT TRIGGER hold_limit AFTER INSERT ON sessions DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION hold_limit()`);
  });
  afterAll(async () => {
    await other.stop();
    await service.stop();
  });

  const nodeOf = (index: number): string => (index % 2 === 0 ? service.url : other.url);

  /** How an account's sessions ended, newest first; null where they live. */
  const endsOf = async (id: number): Promise<(string | null)[]> => {
    const rows = await service.database.query<{ end_reason: string | null }>(
      'SELECT end_reason FROM sessions WHERE user_id = $1 ORDER BY created_at DESC, id DESC',
      [id],
    );
    return rows.map((row) => row.end_reason);
  };

  const newest = (live: number, ended: number): (string | null)[] => [
    ...Array<null>(live).fill(null),
    ...Array<string>(ended).fill('session_limit'),
  ];

  async function logIns(person: Person, count: number): Promise<Tokens[]> {
    const given: Tokens[] = [];
    for (let i = 0; i < count; i++) {
      const dialect = DIALECTS[i % 2]!;
      given.push(dialect.tokensOf(await dialect.login(nodeOf(i >> 1), person.username)));
    }
    return given;
  }

  it('a login beyond it ends the oldest session, at once and on every node', async () => {
    const person = await newPerson(service);
    const given = await logIns(person, LIMIT - 1);
    expect(await endsOf(person.id)).toEqual(newest(LIMIT, 0));
    expect(await isAlive(other.url, person.access)).toBe(true);

    given.push(...(await logIns(person, 1)));
    expect(await endsOf(person.id)).toEqual(newest(LIMIT, 1));
    for (const node of [service, other]) {
      expect(await isAlive(node.url, person.access)).toBe(false);
      for (const { access } of given) expect(await isAlive(node.url, access)).toBe(true);
    }
    expect((await camel.refresh(other.url, person)).status).toBe(401);

    await logIns(person, LIMIT + 1);
    expect(await endsOf(person.id)).toEqual(newest(LIMIT, LIMIT + 2));
  });

  it('the oldest is the one that was opened first, however lately it was used', async () => {
    const person = await newPerson(service);
    const given = await logIns(person, LIMIT - 1);
    const refreshed = camel.tokensOf(await camel.refresh(service.url, person));
    await logIns(person, 1);
    expect(await isAlive(service.url, refreshed.access)).toBe(false);
    for (const { access } of given) expect(await isAlive(service.url, access)).toBe(true);
  });

  it('sessions that have ended or expired do not count, nor do those of others', async () => {
    const person = await newPerson(service);
    await logIns(await newPerson(service), LIMIT);
    const [first, second] = await logIns(person, LIMIT - 1);
    expect((await camel.logout(service.url, first!.access)).status).toBe(200);
    expect((await token.logout(service.url, second!.access)).status).toBe(200);
    await logIns(person, 2);
    expect((await endsOf(person.id)).filter((reason) => reason === 'session_limit')).toEqual([]);

    service.clock.advance(31 * DAY);
    await logIns(person, LIMIT);
    expect((await endsOf(person.id)).filter((reason) => reason === 'session_limit')).toEqual([]);
    await logIns(person, 1);
    expect((await endsOf(person.id)).filter((reason) => reason === 'session_limit')).toHaveLength(1);
  });

  it('of parallel logins on two nodes exactly the newest live', async () => {
    for (let round = 0; round < 6; round++) {
      const person = await newPerson(service);
      const count = 8 + 6 * round;
      const answers = await atOnce(count, (index) =>
        DIALECTS[index % 2]!.login(nodeOf(index >> 1), person.username),
      );
      expect(tally(answers)).toEqual({ 200: count });
      expect(await endsOf(person.id)).toEqual(newest(LIMIT, count + 1 - LIMIT));
      const live = await service.database.query<{ id: string }>(
        'SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL',
        [person.id],
      );
      const accesses = answers.map((answer, index) => DIALECTS[index % 2]!.tokensOf(answer).access);
      const alive = await Promise.all(accesses.map((access, index) => isAlive(nodeOf(index), access)));
      expect(
        accesses
          .filter((_, index) => alive[index])
          .map((access) => claimsOf(access).sid)
          .sort(),
      ).toEqual(live.map(({ id }) => id).sort());
    }
  });

  it('a login that waits behind another one counts its session', async () => {
    const person = await newPerson(service);
    await logIns(person, LIMIT - 1);
    const lock = await holdLock(service.database, 'SELECT FROM users WHERE id = $1 FOR UPDATE', [person.id]);
    const first = camel.login(service.url, person.username);
    await lock.untilWaiting(1);
    const second = token.login(other.url, person.username);
    await lock.untilWaiting(2);
    await lock.release();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    expect(await endsOf(person.id)).toEqual(newest(LIMIT, 2));
  });

  it('a login whose password is changed meanwhile opens nothing and ends nothing', async () => {
    const person = await newPerson(service);
    await logIns(person, LIMIT - 1);
    const before = await endsOf(person.id);
    const change = 'UPDATE users SET credential_version = credential_version + 1 WHERE id = $1';
    const lock = await holdLock(service.database, change, [person.id]);
    const login = camel.login(other.url, person.username);
    await lock.untilWaiting(1);
    await lock.release();
    expect((await login).status).toBe(401);
    expect(await endsOf(person.id)).toEqual(before);
  });

  it('logins at the limit, refreshes, and everything that ends sessions get in nobody’s way', async () => {
    const admin = camel.tokensOf(await camel.login(service.url, 'admin', 'gatehouse-admin')).access;
    for (let round = 0; round < 12; round++) {
      const person = await newPerson(service);
      const given = await logIns(person, LIMIT);
      const on = administrationOf([service, other][round % 2]!, person.id);
      const endAll = (index: number): Promise<Answer> =>
        send('DELETE', `${nodeOf(index)}/token/v1/sessions/users/${person.id}`, { headers: bearer(admin) });
      const changePassword = (): Promise<Answer> =>
        send('PUT', `${nodeOf(round)}/camel/api/v1/auth/change-password`, {
          headers: bearer(given[LIMIT - 1]!.access),
          body: { currentPassword: PASSWORD, newPassword: 'another password' },
        });
      const starts = [
        ...[0, 1, 2, 3].map((index) => () => DIALECTS[index % 2]!.login(nodeOf(index), person.username)),
        ...given.map((tokens, index) => () => DIALECTS[index % 2]!.refresh(nodeOf(index), tokens)),
        () => endAll(round),
        changePassword,
        () => endAll(round + 1),
        () => resetPassword(service, given[LIMIT - 2]!.access, 'yet another one'),
        () => on.setRole('ADMIN'),
        ...[4, 5].map((index) => () => DIALECTS[index % 2]!.login(nodeOf(index), person.username)),
      ];
      // Whoever starts first has the better chance: each of them does in its turn.
      const turned = [...starts.slice(round), ...starts.slice(0, round)];
      const answers = await Promise.all(turned.map((start) => start()));
      const statuses = answers.map((answer) => answer?.status ?? 200);
      // refused where something else had ended the session or changed the password before
      expect(statuses.filter((status) => ![200, 204, 400, 401].includes(status))).toEqual([]);
    }
  });

  it('a new password by a session and the end of all sessions at once wait for one another in one order', async () => {
    const admin = camel.tokensOf(await camel.login(service.url, 'admin', 'gatehouse-admin')).access;
    const { email, password, jwtToken } = await jsendUser(service);
    await jsendLogout(service, jwtToken);
    const tokens = await Promise.all([0, 1].map(() => jsendLogin(service, email, password)));
    const accesses = tokens.map(({ json }) => json.data.jwtToken as string);
    const [low, high] = accesses.sort((a, b) => (claimsOf(a).sid < claimsOf(b).sid ? -1 : 1));
    const lock = await holdLock(service.database, 'SELECT FROM sessions WHERE id = $1 FOR UPDATE', [
      claimsOf(high!).sid,
    ]);
    const reset = resetPassword(service, low!, 'another password');
    await lock.untilWaiting(1);
    const [user] = await service.database.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [
      email,
    ]);
    const endAll = send('DELETE', `${other.url}/token/v1/sessions/users/${user?.id}`, {
      headers: bearer(admin),
    });
    await lock.untilWaiting(2);
    await lock.release();
    expect([(await reset).status, (await endAll).status]).toEqual([200, 204]);
  });
});
