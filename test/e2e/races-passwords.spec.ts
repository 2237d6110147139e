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
  type Tokens,
} from '../support/race-client.js';
import { holdLock } from '../support/held-lock.js';
import { type Answer, bearer, send } from '../support/http.js';
import { type Service, startService } from '../support/start-service.js';

const ROUNDS = 30;
const ATTEMPTS = 10;
const ROW_LOCK = 'SELECT FROM users WHERE id = $1 FOR UPDATE';
const BLOCK = `UPDATE users SET status = 'BLOCKED' WHERE id = $1`;

describe('passwords and what races them', () => {
  let service: Service;
  let other: Service;

  beforeAll(async () => {
    service = await startService({ env: { LOCKOUT_ATTEMPTS: String(ATTEMPTS), LOCKOUT_DURATION: '15m' } });
    other = await startService({ database: service.database, clock: service.clock });
  });
  afterAll(async () => {
    await other.stop();
    await service.stop();
  });

  const nodeOf = (index: number): string => (index % 2 === 0 ? service.url : other.url);

  const change = (access: string, currentPassword: string, newPassword: string, index = 0): Promise<Answer> =>
    send('PUT', `${nodeOf(index)}/camel/api/v1/auth/change-password`, {
      headers: bearer(access),
      body: { currentPassword, newPassword },
    });

  const liveSessions = async ({ id }: Person): Promise<string[]> => {
    const rows = await service.database.query<{ id: string }>(
      'SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL ORDER BY id',
      [id],
    );
    return rows.map((row) => row.id);
  };

  const grantsOf = (answers: readonly Answer[]): Tokens[] =>
    answers.flatMap((answer, index) =>
      answer.status === 200 ? [DIALECTS[index % 2]!.tokensOf(answer)] : [],
    );

  async function expectDead(grants: readonly Tokens[]): Promise<void> {
    for (const tokens of grants) {
      expect(await isAlive(service.url, tokens.access)).toBe(false);
      for (const dialect of DIALECTS) expect((await dialect.refresh(service.url, tokens)).status).toBe(401);
    }
  }

  it.each(['an account', 'an unknown name'])('60 wrong guesses at once for %s count as 60', async (whom) => {
    const person = await newPerson(service);
    const name = whom === 'an account' ? person.username : `${person.username}.nobody`;
    // By address and by name, through both contracts, on both nodes: one count.
    const names = whom === 'an account' ? [name, person.email, name.toUpperCase()] : [name];
    const answers = await atOnce(60, (index) =>
      DIALECTS[index % 2]!.login(nodeOf(index >> 1), names[index % names.length]!, `wrong ${index}`),
    );
    expect(tally(answers)).toEqual({ 401: ATTEMPTS, 423: 60 - ATTEMPTS });
    const locked = answers.filter(({ status }) => status === 423);
    for (const { headers } of locked) {
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(900);
    }
    expect(tally(await atOnce(4, (index) => DIALECTS[index % 2]!.login(nodeOf(index), name)))).toEqual({
      423: 4,
    });
    expect(await isAlive(service.url, person.access)).toBe(true);

    service.clock.advance(900_001);
    expect((await camel.login(service.url, name)).status).toBe(whom === 'an account' ? 200 : 401);
  });

  it('parallel logins with the right password are never locked out', async () => {
    const { username } = await newPerson(service);
    const answers = await atOnce(40, (index) => DIALECTS[index % 2]!.login(nodeOf(index >> 1), username));
    expect(tally(answers)).toEqual({ 200: 40 });
  });

  it('a login with the old password racing the change of it never survives', async () => {
    const person = await newPerson(service);
    let password = PASSWORD;
    for (let round = 0; round < ROUNDS; round++) {
      const next = `password number ${round}`;
      const logins = [0, 1].map(
        (index) => () => DIALECTS[index]!.login(nodeOf(round + index), person.username, password),
      );
      const changing = () => change(person.access, password, next, round);
      const race = round % 2 === 0 ? [...logins, changing] : [changing, ...logins];
      const answers = await Promise.all(race.map((start) => start()));
      const [changed] = round % 2 === 0 ? answers.splice(2, 1) : answers.splice(0, 1);

      expect(changed?.status).toBe(200);
      expect(answers.every(({ status }) => status === 200 || status === 401)).toBe(true);
      await expectDead(grantsOf(answers));
      expect(await liveSessions(person)).toEqual([claimsOf(person.access).sid]);
      password = next;
    }
    expect(await isAlive(service.url, person.access)).toBe(true);
  });

  it.each(DIALECTS)('$name: a login that waits behind the change opens nothing', async (dialect) => {
    const person = await newPerson(service);
    const lock = await holdLock(service.database, ROW_LOCK, [person.id]);
    const changing = change(person.access, PASSWORD, 'a newer password');
    await lock.untilWaiting(1);
    const login = dialect.login(nodeOf(1), person.username, PASSWORD);
    await lock.untilWaiting(2);
    await lock.release();
    expect([(await changing).status, (await login).status]).toEqual([200, 401]);
    expect(await liveSessions(person)).toEqual([claimsOf(person.access).sid]);
  });

  it.each(DIALECTS)('$name: a change that waits behind a login ends its session', async (dialect) => {
    const person = await newPerson(service);
    const lock = await holdLock(service.database, ROW_LOCK, [person.id]);
    const login = dialect.login(nodeOf(1), person.username, PASSWORD);
    await lock.untilWaiting(1);
    const changing = change(person.access, PASSWORD, 'a newer password');
    await lock.untilWaiting(2);
    await lock.release();
    expect([(await login).status, (await changing).status]).toEqual([200, 200]);
    await expectDead([dialect.tokensOf(await login)]);
    expect(await liveSessions(person)).toEqual([claimsOf(person.access).sid]);
  });

  it.each(DIALECTS)('$name: a login whose account is blocked meanwhile opens nothing', async (dialect) => {
    const person = await newPerson(service);
    const block = await holdLock(service.database, BLOCK, [person.id]);
    const login = dialect.login(nodeOf(1), person.username);
    await block.untilWaiting(1);
    await block.release();
    expect((await login).status).toBe(401);
    expect(await liveSessions(person)).toEqual([claimsOf(person.access).sid]);
  });

  it('logins racing a block: what opened in time cannot be refreshed, and nothing opens afterwards', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const person = await newPerson(service);
      const block = () => service.database.query(BLOCK, [person.id]).then(() => undefined);
      const logins = [0, 1].map(
        (index) => () => DIALECTS[index]!.login(nodeOf(round + index), person.username),
      );
      const answers = await Promise.all(
        [...(round % 2 ? [block] : []), ...logins, ...(round % 2 ? [] : [block])].map((start) => start()),
      );
      const logged = answers.filter((answer): answer is Answer => answer !== undefined);

      // Refused before its password was held against the account (403, camel's 423), or when the session was to open.
      expect(logged.every(({ status }) => [200, 401, 403, 423].includes(status))).toBe(true);
      const grants = grantsOf(logged);
      const opened = [person, ...grants].map(({ access }) => claimsOf(access).sid);
      expect(await liveSessions(person)).toEqual(opened.sort());
      for (const [index, answer] of logged.entries()) {
        if (answer.status !== 200) continue;
        const dialect = DIALECTS[index]!;
        expect((await dialect.refresh(service.url, dialect.tokensOf(answer))).status).toBe(401);
      }
      expect((await camel.login(service.url, person.username)).status).toBe(423);
    }
  });

  it('of two changes with the same current password one is made', async () => {
    for (let round = 0; round < 10; round++) {
      const person = await newPerson(service);
      const second = camel.tokensOf(await camel.login(service.url, person.username)).access;
      const passwords = ['the first new one', 'the second new one'];
      const accesses = round % 2 === 0 ? [person.access, person.access] : [person.access, second];
      const answers = await atOnce(2, (index) =>
        change(accesses[index]!, PASSWORD, passwords[index]!, index),
      );

      // The loser's own session may have been ended by the winner before it was looked at.
      const [won, lost] = answers[0]?.status === 200 ? [0, 1] : [1, 0];
      expect(answers[won]?.status).toBe(200);
      expect(round % 2 === 0 ? [400] : [400, 401]).toContain(answers[lost]?.status);
      const [row] = await service.database.query('SELECT credential_version FROM users WHERE id = $1', [
        person.id,
      ]);
      expect(row).toEqual({ credential_version: 2 });
      expect(await liveSessions(person)).toEqual([claimsOf(accesses[won]!).sid]);
      const logins = await Promise.all(
        [...passwords, PASSWORD].map((each) => camel.login(service.url, person.username, each)),
      );
      expect(logins.map(({ status }) => status)).toEqual([won === 0 ? 200 : 401, won === 1 ? 200 : 401, 401]);
    }
  });

  it('a change that waits behind another with the same current password is 400', async () => {
    const person = await newPerson(service);
    const lock = await holdLock(service.database, ROW_LOCK, [person.id]);
    const first = change(person.access, PASSWORD, 'the first new one', 0);
    await lock.untilWaiting(1);
    const second = change(person.access, PASSWORD, 'the second new one', 1);
    await lock.untilWaiting(2);
    await lock.release();
    expect([(await first).status, (await second).status]).toEqual([200, 400]);
    expect((await camel.login(service.url, person.username, 'the first new one')).status).toBe(200);
  });
});
