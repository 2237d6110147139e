import type { Grant } from '@gatehouse/auth';
import { administrationOf, saidBy } from '../support/administration.js';
import {
  accessClaims,
  accessOutcome,
  openSession,
  originOf,
  outcomeOf,
  refresh,
  stateOf,
} from '../support/core.js';
import { holdLock } from '../support/held-lock.js';
import {
  atOnce,
  camel,
  DIALECTS,
  freshName,
  isAlive,
  newPerson,
  type Tokens,
} from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const USER_LOCK = 'SELECT FROM users WHERE id = $1 FOR UPDATE';
const SESSION_LOCK = 'SELECT FROM sessions WHERE id = $1 FOR UPDATE';

const ORIGINS = [
  ['jwt', originOf('jwt')],
  ['uuid', originOf('uuid')],
  ['access', originOf('access')],
  ['a jwt that stays', originOf('jwt', { rotates: false, contract: 'by-kept' })],
] as const;

/** What is changed, and how the account's tokens then say it. */
const CHANGES = [
  ['role', () => 'ADMIN'],
  ['username', () => freshName()],
] as const;

describe('a changed role or username, and what races it', () => {
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

  const change = (id: number, what: 'role' | 'username', to: string): Promise<void> =>
    what === 'role'
      ? administrationOf(service, id).setRole(to as 'ADMIN')
      : administrationOf(service, id).rename(to);

  describe.each(CHANGES)('%s', (what, newValue) => {
    it.each(DIALECTS)('$name: a login that waits behind the change says what is new', async (dialect) => {
      const person = await newPerson(service);
      const to = newValue();
      const lock = await holdLock(service.database, USER_LOCK, [person.id]);
      const changing = change(person.id, what, to);
      await lock.untilWaiting(1);
      const login = dialect.login(other.url, person.email);
      await lock.untilWaiting(2);
      await lock.release();
      await changing;
      const { access } = dialect.tokensOf(await login);
      expect(saidBy(access)[what]).toBe(to);
      for (const { url } of [service, other]) expect(await isAlive(url, access)).toBe(true);
    });

    it.each(DIALECTS)('$name: a change that waits behind a login kills its access token', async (dialect) => {
      const person = await newPerson(service);
      const to = newValue();
      const lock = await holdLock(service.database, USER_LOCK, [person.id]);
      const login = dialect.login(other.url, person.email);
      await lock.untilWaiting(1);
      const changing = change(person.id, what, to);
      await lock.untilWaiting(2);
      await lock.release();
      await changing;
      const old = dialect.tokensOf(await login);
      expect(saidBy(old.access)[what]).not.toBe(to);
      for (const { url } of [service, other]) expect(await isAlive(url, old.access)).toBe(false);
      const { access } = dialect.tokensOf(await dialect.refresh(other.url, old));
      expect(saidBy(access)[what]).toBe(to);
      expect(await isAlive(service.url, access)).toBe(true);
    });

    it.each(ORIGINS)('%s: refreshes that wait behind the change say what is new', async (_format, origin) => {
      const grant = await openSession(service, origin);
      const { sid, uid } = accessClaims(grant);
      const to = newValue();
      const lock = await holdLock(service.database, SESSION_LOCK, [sid]);
      const changing = change(uid, what, to);
      await lock.untilWaiting(1);
      const first = refresh(other, grant, origin);
      await lock.untilWaiting(2);
      const second = refresh(service, grant, origin);
      await lock.untilWaiting(3);
      await lock.release();
      await changing;
      for (const next of await Promise.all([first, second])) {
        expect(saidBy(next.access.token)[what]).toBe(to);
        for (const node of [service, other]) expect(await accessOutcome(node, next)).toBe('accepted');
      }
      expect(await accessOutcome(other, grant)).toBe('access_token_revoked');
    });

    it.each(ORIGINS)(
      '%s: a change that waits behind a refresh kills the token that this one gave',
      async (_format, origin) => {
        const grant = await openSession(service, origin);
        const { sid, uid } = accessClaims(grant);
        const to = newValue();
        const lock = await holdLock(service.database, SESSION_LOCK, [sid]);
        const refreshing = refresh(other, grant, origin);
        await lock.untilWaiting(1);
        const changing = change(uid, what, to);
        await lock.untilWaiting(2);
        await lock.release();
        await changing;
        const old = await refreshing;
        expect(saidBy(old.access.token)[what]).not.toBe(to);
        for (const dead of [grant, old])
          expect(await accessOutcome(other, dead)).toBe('access_token_revoked');
        const next = await refresh(other, old, origin);
        expect(saidBy(next.access.token)[what]).toBe(to);
        expect(await accessOutcome(service, next)).toBe('accepted');
      },
    );
  });

  it('of parallel logins, refreshes and changes on two nodes no token is left that says what is old', async () => {
    const person = await newPerson(service);
    for (let round = 0; round < 20; round++) {
      const role = round % 2 === 0 ? 'ADMIN' : 'USER';
      const sessions = await atOnce(4, async (index) => {
        const dialect = DIALECTS[index % 2]!;
        return { dialect, tokens: dialect.tokensOf(await dialect.login(service.url, person.username)) };
      });
      const nodeOf = (index: number): Service => [service, other][(index + round) % 2]!;
      const given: Promise<Tokens>[] = [];
      const logIn = (index: number) =>
        given.push(camel.login(nodeOf(index).url, person.username).then(camel.tokensOf));
      const refreshOf = (index: number) => {
        const { dialect, tokens } = sessions[index]!;
        given.push(dialect.refresh(nodeOf(index).url, tokens).then(dialect.tokensOf));
      };
      for (const index of [0, 1]) [logIn, refreshOf].forEach((start) => start(index));
      const changing = administrationOf(nodeOf(0), person.id).setRole(role);
      for (const index of [2, 3]) [logIn, refreshOf].forEach((start) => start(index));
      await changing;

      const accesses = [...sessions.map(({ tokens }) => tokens), ...(await Promise.all(given))].map(
        ({ access }) => access,
      );
      for (const access of accesses.filter((token) => saidBy(token).role !== role))
        for (const { url } of [service, other]) expect(await isAlive(url, access)).toBe(false);
    }
  });
});

describe('a block, and what races it', () => {
  const origin = originOf('jwt');
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

  async function expectEnded(grant: Grant): Promise<void> {
    for (const node of [service, other])
      expect(await accessOutcome(node, grant)).toBe('access_token_revoked');
    expect(await stateOf(service, accessClaims(grant).sid)).toMatchObject({ end_reason: 'account_blocked' });
  }

  it('a refresh that waits behind it is refused', async () => {
    const grant = await openSession(service, origin);
    const lock = await holdLock(service.database, SESSION_LOCK, [accessClaims(grant).sid]);
    const blocking = administrationOf(service, accessClaims(grant).uid).block();
    await lock.untilWaiting(1);
    const refreshing = outcomeOf(refresh(other, grant, origin));
    await lock.untilWaiting(2);
    await lock.release();
    await blocking;
    expect(await refreshing).toBe('refresh_token_invalid');
    await expectEnded(grant);
  });

  it('where it waits behind a refresh, the successor is dead too', async () => {
    const grant = await openSession(service, origin);
    const lock = await holdLock(service.database, SESSION_LOCK, [accessClaims(grant).sid]);
    const refreshing = refresh(other, grant, origin);
    await lock.untilWaiting(1);
    const blocking = administrationOf(service, accessClaims(grant).uid).block();
    await lock.untilWaiting(2);
    await lock.release();
    await blocking;
    const next = await refreshing;
    await expectEnded(next);
    expect(await outcomeOf(refresh(other, next, origin))).toBe('access_token_revoked');
  });

  it.each(DIALECTS)('$name: a login that waits behind it opens nothing', async (dialect) => {
    const person = await newPerson(service);
    const lock = await holdLock(service.database, USER_LOCK, [person.id]);
    const blocking = administrationOf(service, person.id).block();
    await lock.untilWaiting(1);
    const login = dialect.login(other.url, person.username);
    await lock.untilWaiting(2);
    await lock.release();
    await blocking;
    expect((await login).status).toBe(401);
    expect(await isAlive(other.url, person.access)).toBe(false);
  });

  it.each(DIALECTS)('$name: where it waits behind a login, that session ends', async (dialect) => {
    const person = await newPerson(service);
    const lock = await holdLock(service.database, USER_LOCK, [person.id]);
    const login = dialect.login(other.url, person.username);
    await lock.untilWaiting(1);
    const blocking = administrationOf(service, person.id).block();
    await lock.untilWaiting(2);
    await lock.release();
    await blocking;
    const tokens = dialect.tokensOf(await login);
    for (const { url } of [service, other]) expect(await isAlive(url, tokens.access)).toBe(false);
    expect((await dialect.refresh(other.url, tokens)).status).toBe(401);
  });

  it('of parallel logins and refreshes on two nodes nothing survives it', async () => {
    for (let round = 0; round < 20; round++) {
      const person = await newPerson(service);
      const urls = round % 2 === 0 ? [service.url, other.url] : [other.url, service.url];
      const starts = [
        () => DIALECTS[0]!.login(urls[0]!, person.username),
        () => camel.refresh(urls[1]!, person),
        () => DIALECTS[1]!.login(urls[1]!, person.username),
      ];
      const blocking = round % 3 === 0 ? administrationOf(service, person.id).block() : undefined;
      const answers = starts.map((start) => start());
      await (blocking ?? administrationOf(other, person.id).block());
      for (const [index, answer] of (await Promise.all(answers)).entries()) {
        expect([200, 401, 403, 423]).toContain(answer.status);
        if (answer.status !== 200) continue;
        const dialect = [DIALECTS[0]!, camel, DIALECTS[1]!][index]!;
        const tokens = dialect.tokensOf(answer);
        for (const url of urls) expect(await isAlive(url, tokens.access)).toBe(false);
        expect((await dialect.refresh(urls[0]!, tokens)).status).toBe(401);
      }
      const [row] = await service.database.query(
        'SELECT count(*)::int AS live FROM sessions WHERE user_id = $1 AND ended_at IS NULL',
        [person.id],
      );
      expect(row).toEqual({ live: 0 });
    }
  });
});
