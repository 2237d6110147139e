import { eventually } from '../support/eventually.js';
import { holdLock } from '../support/held-lock.js';
import { type Answer, bearer, send } from '../support/http.js';
import { atOnce, camel, freshName, newPerson, type Person } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';
import { TurnableClock } from '../support/turnable-clock.js';

const FLOOR = 250;
const WRONG = 'not the password';

/** Whoever waits by it waits until the test lets them go. */
class HeldClock extends TurnableClock {
  readonly waits: number[] = [];
  private waiting: (() => void)[] = [];

  override wait(ms: number): Promise<void> {
    this.waits.push(ms);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  release(): void {
    this.waits.length = 0;
    for (const go of this.waiting.splice(0)) go();
  }
}

describe('the floor below failures', () => {
  const clock = new HeldClock();
  let service: Service;
  let person: Person;

  beforeAll(async () => {
    // One hash and two connections: whoever held either while they wait would stop everybody.
    service = await startService({
      clock,
      env: {
        LOGIN_FAILURE_FLOOR: `${FLOOR}ms`,
        LOCKOUT_ATTEMPTS: '3',
        HASH_CONCURRENCY: '1',
        DATABASE_POOL: '2',
      },
    });
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    person = await newPerson(service);
  });
  afterEach(() => clock.release());

  /** Asks, and shows that the answer waits for the clock; gives it once it is let go. */
  async function held(ask: () => Promise<Answer>): Promise<Answer> {
    let answered = false;
    const asked = ask().finally(() => (answered = true));
    const left = await eventually('a failure that waits', () => clock.waits[0]);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(FLOOR);
    // Others go on meanwhile.
    expect((await camel.login(service.url, person.username)).status).toBe(200);
    expect(answered).toBe(false);
    clock.release();
    return asked;
  }

  it.each(['a wrong password', 'an unknown name'])('holds %s back', async (what) => {
    const name = what === 'an unknown name' ? freshName() : person.username;
    expect((await held(() => camel.login(service.url, name, WRONG))).status).toBe(401);
  });

  it('holds a wrong current password back', async () => {
    const change = () =>
      send('PUT', `${service.url}/camel/api/v1/auth/change-password`, {
        headers: bearer(person.access),
        body: { currentPassword: WRONG, newPassword: 'another password' },
      });
    expect((await held(change)).status).toBe(400);
  });

  it('a failure is counted before it waits', async () => {
    const failing = atOnce(3, () => camel.login(service.url, person.username, WRONG));
    await eventually('three that wait', () => clock.waits.length === 3);
    // Refused before any hash: at once, for whoever is meant.
    const locked = await camel.login(service.url, person.username);
    expect([locked.status, clock.waits.length]).toEqual([423, 3]);
    clock.release();
    expect((await failing).map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  it('what the limit refuses after the hash waits like a failure', async () => {
    for (let i = 0; i < 2; i++) {
      const failing = camel.login(service.url, person.username, WRONG);
      await eventually('a failure that waits', () => clock.waits.length === 1);
      clock.release();
      await failing;
    }
    const pair = `SELECT FROM login_failures WHERE identifier = 'account:${person.id}' AND network <> '*' FOR UPDATE`;
    const lock = await holdLock(service.database, pair);
    const last = atOnce(2, () => camel.login(service.url, person.username, WRONG));
    await lock.untilWaiting(2);
    await lock.release();
    await eventually('both', () => clock.waits.length === 2);
    clock.release();
    expect((await last).map(({ status }) => status).sort()).toEqual([401, 423]);
  });
});
