import { SessionUse } from '@gatehouse/sessions';
import type { SessionId } from '@gatehouse/kernel';
import { holdLock } from '../support/held-lock.js';
import { bearer, send } from '../support/http.js';
import { atOnce, camel, claimsOf, newPerson, type Person, tally } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const MINUTE = 60_000;
const ELSEWHERE = '192.0.2.7';

describe('the last use of a session', () => {
  let service: Service;
  let other: Service;

  beforeAll(async () => {
    service = await startService();
    other = await startService({ database: service.database, clock: service.clock });
    // Counts the statements that write sessions, whether or not they find a row to change.
    await service.database.query('CREATE TABLE session_writes (at timestamptz DEFAULT now())');
    await service.database.query(`
      CREATE FUNCTION count_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
        INSERT INTO session_writes DEFAULT VALUES; RETURN NULL; END $$`);
    await service.database.query(`
      CREATE TRIGGER count_write AFTER INSERT OR UPDATE OR DELETE ON sessions
      FOR EACH STATEMENT EXECUTE FUNCTION count_write()`);
  });
  afterAll(async () => {
    await other.stop();
    await service.stop();
  });

  const useOn = (node: Service): SessionUse => node.nest.get(SessionUse, { strict: false });
  const flush = async (...nodes: Service[]): Promise<void> => {
    for (const node of nodes) await useOn(node).flush();
  };
  const idOf = ({ access }: Person): SessionId => claimsOf(access).sid as SessionId;
  const writes = async (): Promise<number> =>
    (await service.database.query<{ n: number }>('SELECT count(*)::int AS n FROM session_writes'))[0]?.n ?? 0;

  /** Seconds since the session was used, by the clock that tests turn; and from where. */
  const stored = async (person: Person): Promise<{ ago: number; ip: string }> => {
    const [row] = await service.database.query<{ ago: number; ip: string }>(
      `SELECT extract(epoch FROM now() - last_seen_at)::float8 + $2::float8 / 1000 AS ago, ip FROM sessions WHERE id = $1`,
      [idOf(person), service.clock.offsetMs],
    );
    return row as { ago: number; ip: string };
  };
  const unwritten = (): string[] =>
    [...service.log, ...other.log].filter((line) => line.includes('session_use_unwritten'));
  const minutesAgo = async (person: Person): Promise<number> => Math.floor((await stored(person)).ago / 60);

  const verify = (node: Service, { access }: Person) =>
    send('PUT', `${node.url}/token/v1/auth/token/verify`, { headers: bearer(access) });

  it('of 1,000 validations of ten sessions not one writes; one statement writes them all', async () => {
    const people = await atOnce(10, () => newPerson(service));
    await flush(service);
    service.clock.advance(5 * MINUTE);
    const before = await writes();
    for (let round = 0; round < 10; round++) {
      const answers = await atOnce(100, (index) => verify(service, people[index % 10]!));
      expect(tally(answers)).toEqual({ 200: 100 });
    }
    expect(await writes()).toBe(before);
    for (const person of people) expect(await minutesAgo(person)).toBe(5);
    await flush(service);
    expect(await writes()).toBe(before + 1);
    for (const person of people) expect(await minutesAgo(person)).toBe(0);
    await flush(service);
    expect(await writes()).toBe(before + 1);
  });

  it('is written where it is a minute later than the last one or from elsewhere, and else not', async () => {
    const person = await newPerson(service);
    const versionOf = async () =>
      (
        await service.database.query<{ v: string }>('SELECT xmin::text AS v FROM sessions WHERE id = $1', [
          idOf(person),
        ])
      )[0]?.v;
    const version = await versionOf();
    service.clock.advance(MINUTE / 2);
    await verify(service, person);
    await flush(service);
    expect(await versionOf()).toBe(version);

    useOn(service).note(idOf(person), `::ffff:${ELSEWHERE}`);
    await flush(service);
    expect(await stored(person)).toMatchObject({ ip: ELSEWHERE });
    expect((await stored(person)).ago).toBeLessThan(25);
  });

  it('goes forward only, in whatever order the nodes write', async () => {
    const person = await newPerson(service);
    service.clock.advance(5 * MINUTE);
    useOn(service).note(idOf(person), '192.0.2.1');
    service.clock.advance(5 * MINUTE);
    useOn(other).note(idOf(person), ELSEWHERE);
    await flush(other, service);
    expect(await stored(person)).toMatchObject({ ip: ELSEWHERE });
    expect(await minutesAgo(person)).toBe(0);
  });

  it('is the time of the use and not of the writing', async () => {
    const person = await newPerson(service);
    service.clock.advance(10 * MINUTE);
    await verify(service, person);
    service.clock.advance(3 * MINUTE);
    await flush(service);
    expect(await minutesAgo(person)).toBe(3);
  });

  it('is the client’s: an API gateway that asks for it counts as a use from where it was', async () => {
    const person = await newPerson(service);
    await service.database.query('UPDATE sessions SET ip = $2 WHERE id = $1', [idOf(person), ELSEWHERE]);
    service.clock.advance(10 * MINUTE);
    const body = { token: person.access };
    const { json } = await send('POST', `${service.url}/camel/api/v1/auth/validate`, { body });
    expect(json.valid).toBe(true);
    await flush(service);
    expect(await stored(person)).toMatchObject({ ip: ELSEWHERE });
    expect(await minutesAgo(person)).toBe(0);
  });

  it('is no use where the token is refused', async () => {
    const person = await newPerson(service);
    await camel.logout(service.url, person.access);
    await flush(service, other);
    service.clock.advance(10 * MINUTE);
    expect((await verify(other, person)).status).toBe(401);
    const body = { token: person.access };
    expect((await send('POST', `${other.url}/camel/api/v1/auth/validate`, { body })).json.valid).toBe(false);
    await flush(other);
    expect(await minutesAgo(person)).toBe(10);
  });

  it('a refresh brings the address too', async () => {
    const person = await newPerson(service);
    await service.database.query('UPDATE sessions SET ip = $2 WHERE id = $1', [idOf(person), ELSEWHERE]);
    expect((await camel.refresh(service.url, person)).status).toBe(200);
    await flush(service);
    expect(await stored(person)).toMatchObject({ ip: '127.0.0.1' });
  });

  it('is listed before it is written', async () => {
    const person = await newPerson(service);
    await service.database.query('UPDATE sessions SET ip = $2 WHERE id = $1', [idOf(person), ELSEWHERE]);
    service.clock.advance(10 * MINUTE);
    const before = await writes();
    const { json } = await send('GET', `${service.url}/token/v1/sessions/users/${person.id}`, {
      headers: bearer(person.access),
    });
    expect(await writes()).toBe(before);
    const [session] = json.data;
    expect(session).toMatchObject({ id: idOf(person), ip: '127.0.0.1', current: true });
    expect(Date.parse(session.last_seen_at) - Date.parse(session.created_at)).toBeGreaterThan(9 * MINUTE);
  });

  it('two nodes that write the same sessions at once both finish', async () => {
    const people = await atOnce(9, () => newPerson(service));
    const ids = people.map(idOf).sort();
    service.clock.advance(5 * MINUTE);
    for (const id of ids) useOn(service).note(id, '192.0.2.1');
    for (const id of [...ids].reverse()) useOn(other).note(id, '192.0.2.2');
    const lock = await holdLock(service.database, 'SELECT FROM sessions WHERE id = $1 FOR UPDATE', [ids[4]]);
    const writing = [flush(service), flush(other)];
    await lock.untilWaiting(2);
    await lock.release();
    await Promise.all(writing);
    for (const person of people) expect(await minutesAgo(person)).toBe(0);
    expect(unwritten()).toEqual([]);
  });

  it('that could not be written is written later, and the failure is told once', async () => {
    const person = await newPerson(other);
    service.clock.advance(5 * MINUTE);
    await verify(other, person);
    await service.database.query('ALTER TABLE sessions RENAME COLUMN last_seen_at TO away');
    await flush(other);
    await flush(other);
    await service.database.query('ALTER TABLE sessions RENAME COLUMN away TO last_seen_at');
    expect(unwritten()).toHaveLength(1);
    await flush(other);
    expect(await minutesAgo(person)).toBe(0);
  });

  it('is written by a node that stops', async () => {
    const third = await startService({ database: service.database, clock: service.clock });
    const person = await newPerson(service);
    service.clock.advance(5 * MINUTE);
    await verify(third, person);
    expect(await minutesAgo(person)).toBe(5);
    await third.stop();
    expect(await minutesAgo(person)).toBe(0);
  });
});
