import { LoginGuard } from '@gatehouse/guessing';
import { BEHIND_PROXY, logInFrom } from '../support/from-network.js';
import { holdLock } from '../support/held-lock.js';
import { type Answer, bearer, send } from '../support/http.js';
import { mailedResetToken } from '../support/open-account.js';
import {
  atOnce,
  camel,
  freshName,
  isAlive,
  newPerson,
  PASSWORD,
  type Person,
  tally,
} from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const ATTEMPTS = 10;
const DAY = 86_400_000;
const WRONG = 'not the password';
/** Accounts here register from 127.0.0.1: the network that they are known to use. */
const HOME = '127.0.0.1';
const guesser = (index: number): string => `203.0.113.${index}`;

describe('guesses from many networks', () => {
  let service: Service;
  let other: Service;

  beforeAll(async () => {
    service = await startService({
      env: { ...BEHIND_PROXY, LOCKOUT_ACCOUNT_ATTEMPTS: String(ATTEMPTS), LOCKOUT_ATTEMPTS: '4' },
    });
    // Another node, whose limits are far away: it counts like the first and locks nothing.
    other = await startService({
      env: { ...BEHIND_PROXY, LOCKOUT_ACCOUNT_ATTEMPTS: '1000', LOCKOUT_ATTEMPTS: '100' },
      database: service.database,
      clock: service.clock,
    });
  });
  afterAll(async () => {
    await other.stop();
    await service.stop();
  });

  const counted = async ({ id }: Pick<Person, 'id'>, network: string): Promise<number | undefined> => {
    const [row] = await service.database.query<{ failures: number }>(
      'SELECT failures FROM login_failures WHERE identifier = $1 AND network = $2',
      [`account:${id}`, network],
    );
    return row?.failures;
  };

  const reset = (token: string, newPassword: string): Promise<Answer> =>
    send('POST', `${service.url}/camel/api/v1/auth/password-reset/confirm`, { body: { token, newPassword } });

  /** Reaches the limit of all networks, no two failures from one. @param before failures that are counted already */
  async function lockEverywhere(login: string, before = 0): Promise<void> {
    const left = ATTEMPTS - before;
    const answers = await atOnce(left, (index) => logInFrom(service, guesser(index), login, WRONG));
    expect(tally(answers)).toEqual({ 401: left });
  }

  it.each(['an account', 'an unknown name'])(
    '60 at once from 60 networks for %s count as 60',
    async (whom) => {
      const person = await newPerson(service);
      const name = whom === 'an account' ? person.username : freshName();
      const answers = await atOnce(60, (index) => logInFrom(service, guesser(index), name, WRONG));
      expect(tally(answers)).toEqual({ 401: ATTEMPTS, 423: 60 - ATTEMPTS });
      for (const { headers } of answers.filter(({ status }) => status === 423)) {
        expect(Number(headers['retry-after'])).toBeGreaterThan(86_400 - 60);
        expect(Number(headers['retry-after'])).toBeLessThanOrEqual(86_400);
      }
      if (whom === 'an account') expect(await counted(person, '*')).toBe(ATTEMPTS);
      expect((await logInFrom(service, '198.51.100.1', name, PASSWORD)).status).toBe(423);

      service.clock.advance(DAY + 1_000);
      const after = await logInFrom(service, '198.51.100.1', name, PASSWORD);
      expect(after.status).toBe(whom === 'an account' ? 200 : 401);
    },
  );

  it('60 at once from one network, below every limit, are 60 in both counts', async () => {
    const person = await newPerson(service);
    const answers = await atOnce(60, () => logInFrom(other, guesser(1), person.username, WRONG));
    expect(tally(answers)).toEqual({ 401: 60 });
    expect([await counted(person, guesser(1)), await counted(person, '*')]).toEqual([60, 60]);
  });

  it('never lock the owner out where they have registered or logged in before', async () => {
    const person = await newPerson(service);
    expect((await logInFrom(service, '2001:db8:1:2::9', person.username, PASSWORD)).status).toBe(200);
    await lockEverywhere(person.username);
    // Elsewhere in the same /64, and where the account was registered; not in the next /64.
    expect((await logInFrom(service, '2001:db8:1:2::5', person.username, PASSWORD)).status).toBe(200);
    expect((await logInFrom(service, HOME, person.username, PASSWORD)).status).toBe(200);
    expect((await logInFrom(service, '2001:db8:1:3::9', person.username, PASSWORD)).status).toBe(423);
    expect(await isAlive(service.url, person.access)).toBe(true);
    // The owner's logins take nothing from the count, and a refused right password makes no network known.
    expect(await counted(person, '*')).toBe(ATTEMPTS);
    expect((await logInFrom(service, '2001:db8:1:3::9', person.username, PASSWORD)).status).toBe(423);
  });

  it('at home the pair is locked all the same, and wrong passwords there count everywhere', async () => {
    const person = await newPerson(service);
    const answers = await atOnce(9, () => logInFrom(service, HOME, person.username, WRONG));
    expect(tally(answers)).toEqual({ 401: 4, 423: 5 });
    expect(await counted(person, '*')).toBe(4);
    expect((await logInFrom(service, HOME, person.username, PASSWORD)).status).toBe(423);
    expect((await logInFrom(service, guesser(1), person.username, PASSWORD)).status).toBe(200);
  });

  it('hold for a change of the password from an unknown network too; the session goes on', async () => {
    const person = await newPerson(service);
    await lockEverywhere(person.username);
    const change = (address: string) =>
      send('PUT', `${service.url}/camel/api/v1/auth/change-password`, {
        headers: { ...bearer(person.access), 'x-forwarded-for': address },
        body: { currentPassword: PASSWORD, newPassword: 'another password' },
      });
    expect((await change(guesser(1))).status).toBe(423);
    expect(await isAlive(service.url, person.access)).toBe(true);
    expect((await change(HOME)).status).toBe(200);
  });

  it('a reset by mail lifts every lock', async () => {
    const person = await newPerson(service);
    await lockEverywhere(person.username);
    const newPassword = 'another password';
    const token = await mailedResetToken(service, person.email);
    expect((await reset(token, newPassword)).status).toBe(200);
    expect(await counted(person, '*')).toBeUndefined();
    expect((await logInFrom(service, '198.51.100.1', person.username, newPassword)).status).toBe(200);
  });

  it('a guess that meets a reset waits for it, or it for the guess, and never both', async () => {
    const person = await newPerson(service);
    expect((await logInFrom(service, guesser(1), person.username, WRONG)).status).toBe(401);
    const token = await mailedResetToken(service, person.email);
    const everywhere = `SELECT FROM login_failures WHERE identifier = 'account:${person.id}' AND network = '*' FOR UPDATE`;
    const lock = await holdLock(service.database, everywhere);
    const resetting = reset(token, 'another password');
    await lock.untilWaiting(1);
    const guessing = logInFrom(service, guesser(1), person.username, WRONG);
    await lock.untilWaiting(2);
    await lock.release();
    expect([(await resetting).status, (await guessing).status]).toEqual([200, 401]);
  });

  it('a blocked account: a wrong password is 401, the right one 403, and a lock 423 for both', async () => {
    const person = await newPerson(service);
    await service.database.query(`UPDATE users SET status = 'BLOCKED' WHERE id = $1`, [person.id]);
    const ask = (password: string, contract: 'token' | 'camel', address: string) =>
      logInFrom(service, address, person.username, password, contract);
    expect((await ask(WRONG, 'token', HOME)).status).toBe(401);
    expect((await ask(PASSWORD, 'token', HOME)).status).toBe(403);
    const blocked = await ask(PASSWORD, 'camel', '198.51.100.7');
    expect([blocked.status, blocked.headers['retry-after']]).toEqual([423, undefined]);
    await lockEverywhere(person.username, 1);
    // It did not log in there: no network became known.
    for (const password of [WRONG, PASSWORD]) {
      const locked = await ask(password, 'token', '198.51.100.7');
      expect([locked.status, Number(locked.headers['retry-after']) > 0]).toEqual([423, true]);
    }
  });
});

describe('the networks that an account is known to use', () => {
  let service: Service;
  let person: Person;

  beforeAll(async () => {
    service = await startService({ env: { ...BEHIND_PROXY, KNOWN_NETWORK_TTL: '30d' } });
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    person = await newPerson(service);
  });

  const known = () =>
    service.database.query<{ network: string; version: string }>(
      `SELECT network, xmin::text AS version FROM known_networks WHERE identifier = $1
       ORDER BY last_used_at, network`,
      [`account:${person.id}`],
    );
  const logIn = async (address: string) =>
    expect((await logInFrom(service, address, person.username, PASSWORD)).status).toBe(200);

  it('are written once a day at the most', async () => {
    const [registered] = await known();
    await logIn(HOME);
    expect(await known()).toEqual([registered]);
    service.clock.advance(DAY + 1_000);
    await atOnce(5, () => logIn(HOME));
    const [noted] = await known();
    expect(noted).toMatchObject({ network: HOME });
    expect(noted?.version).not.toBe(registered?.version);
    await logIn(HOME);
    expect(await known()).toEqual([noted]);
  });

  it('are 50 at the most, and the least recently used go first', async () => {
    for (let i = 0; i < 53; i++) {
      service.clock.advance(1_000);
      await logIn(`198.51.100.${i}`);
    }
    const networks = (await known()).map(({ network }) => network);
    expect(networks).toEqual(Array.from({ length: 50 }, (_, i) => `198.51.100.${i + 3}`));
  });

  it('are forgotten when they have not been used for KNOWN_NETWORK_TTL, and so are counts, and swept', async () => {
    const sweep = (limit: number) => service.nest.get(LoginGuard, { strict: false }).sweepExpired(limit);
    service.clock.advance(400 * DAY);
    while ((await sweep(1_000)) > 0);
    expect(await known()).toEqual([]);

    person = await newPerson(service);
    await logInFrom(service, HOME, person.username, WRONG);
    service.clock.advance(2 * DAY);
    await logIn('198.51.100.1');
    await logInFrom(service, '198.51.100.1', person.username, WRONG);
    service.clock.advance(29 * DAY);
    // Each time a count, of two pairs and all networks; and once the network of the registration.
    expect([await sweep(1), await sweep(1), await sweep(10), await sweep(10)]).toEqual([2, 1, 1, 0]);
    expect((await known()).map(({ network }) => network)).toEqual(['198.51.100.1']);
    expect((await camel.login(service.url, person.username)).status).toBe(200);
  });
});
