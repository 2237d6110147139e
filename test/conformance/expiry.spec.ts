import { claimsOf } from './support/claims.js';
import { DAY, expectRefused, HOUR, logIn, SECOND, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const IDLE = 30 * DAY;
const AGE = 90 * DAY;
/** How long a scenario may take by the wall clock without reaching the instant that it is about. */
const ROOM = 20 * SECOND;

const service = useService();

describe.each(service.clients)('time passes for a session of $id', (client) => {
  it('its access token is good for an hour', async () => {
    const { tokens } = await service.loggedIn(client);
    const { iat, exp } = claimsOf(tokens.access);
    expect(exp - iat).toBe(HOUR / SECOND);
    service.advance(HOUR - ROOM);
    for (const other of service.clients) expect((await other.check(tokens.access)).verdict).toBe('valid');
    service.advance(ROOM);
    for (const other of service.clients) {
      expect((await other.check(tokens.access)).verdict).toBe('expired');
      expectRefused(other, await other.use(tokens.access), 401);
    }
  });

  it('each refresh gives another hour', async () => {
    const { tokens } = await service.loggedIn(client);
    service.advance(HOUR - ROOM);
    const { tokens: next } = await client.refresh(tokens);
    service.advance(HOUR - ROOM);
    expect((await client.check(tokens.access)).verdict).toBe('expired');
    expect((await client.check(next.access)).verdict).toBe('valid');
  });

  it('left alone for 30 days it cannot be refreshed any more', async () => {
    const { tokens } = await service.loggedIn(client);
    service.advance(IDLE);
    expectRefused(client, await client.refresh(tokens), 401);
  });

  it('each refresh gives it 30 days more, up to 90 days in all', async () => {
    let { tokens } = await service.loggedIn(client);
    const { iat: born } = claimsOf(tokens.access);
    for (let days = 29; days < 90; days += 29) {
      service.advance(29 * DAY);
      const refreshed = await client.refresh(tokens);
      expect(refreshed.status).toBe(200);
      tokens = refreshed.tokens;
    }
    // Half an hour before its end: the access token ends with it.
    service.advance(3 * DAY - HOUR / 2);
    const last = await client.refresh(tokens);
    expect(last.status).toBe(200);
    const end = born + AGE / SECOND;
    expect(Math.abs(claimsOf(last.tokens.access).exp - end)).toBeLessThanOrEqual(1);
    service.advance(HOUR / 2);
    expect((await client.check(last.tokens.access)).verdict).toBe('expired');
    expectRefused(client, await client.refresh(last.tokens), 401);
  });
});

describe('the list of sessions', () =>
  whereOffered(service.clients, ['listSessions'], (client) => {
    it('forgets a session when it has expired, whether it had been ended or not', async () => {
      const { person, tokens: ended } = await service.loggedIn(client);
      const { uid } = claimsOf(ended.access);
      const idle = await logIn(client, person);
      await client.logOut(ended.access);
      service.advance(IDLE - HOUR);
      const { access } = await logIn(client, person);
      const sids = async () => (await client.listSessions(access, uid)).sessions.map(({ id }) => id);
      const [current, first, second] = [access, idle.access, ended.access].map(
        (token) => claimsOf(token).sid,
      );
      expect(await sids()).toEqual([current, first, second]);
      service.advance(HOUR);
      const { access: later } = await logIn(client, person);
      const { sessions } = await client.listSessions(later, uid);
      expect(sessions.map(({ id }) => id)).toEqual([claimsOf(later).sid, current]);
    });
  }));
