import { whileOverloaded } from '../support/full-hash-queue.js';
import { send } from '../support/http.js';
import { type Service, startService } from '../support/start-service.js';

const DEAR = 'm=64,t=3,p=1';

const logIn = (service: Service, username: string, password: string) =>
  send('POST', `${service.url}/camel/api/v1/auth/login`, { body: { username, password } });

const hashOf = async (service: Service, username: string): Promise<string> => {
  const [row] = await service.database.query<{ password_hash: string }>(
    'SELECT password_hash FROM users WHERE username = $1',
    [username],
  );
  return row?.password_hash ?? '';
};

describe('stored password hashes', () => {
  let before: Service;
  let after: Service;
  beforeAll(async () => {
    before = await startService();
    // the same accounts under another cost, as after a restart with another ARGON2_COST
    after = await startService({
      database: before.database,
      clock: before.clock,
      env: { ARGON2_COST: DEAR },
    });
  });
  afterAll(async () => {
    await after.stop();
    await before.stop();
  });

  it('are argon2id, each with a salt of its own', async () => {
    for (const name of ['salted-one', 'salted-two']) {
      const body = { username: name, email: `${name}@example.com`, password: 'one and the same' };
      expect((await send('POST', `${before.url}/camel/api/v1/auth/register`, { body })).status).toBe(201);
    }
    const [one, two] = [await hashOf(before, 'salted-one'), await hashOf(before, 'salted-two')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/);
    expect(two).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/);
    expect(one).not.toBe(two);
  });

  it('are made anew at the next right login when the cost has changed, and sessions go on', async () => {
    const body = { username: 'rehashed', email: 'rehashed@example.com', password: 'stays the same' };
    const { accessToken } = (await send('POST', `${before.url}/camel/api/v1/auth/register`, { body })).json;
    const old = await hashOf(before, 'rehashed');

    expect((await logIn(after, 'rehashed', 'not the same')).status).toBe(401);
    expect(await hashOf(before, 'rehashed')).toBe(old);

    expect((await logIn(after, 'rehashed', 'stays the same')).status).toBe(200);
    const renewed = await hashOf(before, 'rehashed');
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=64,t=3,p=1\$/);

    expect((await logIn(after, 'rehashed', 'stays the same')).status).toBe(200);
    expect(await hashOf(before, 'rehashed')).toBe(renewed);
    const profile = await send('GET', `${after.url}/camel/api/v1/auth/profile`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(profile.status).toBe(200);
  });
});

describe('a login', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ env: { HASH_CONCURRENCY: '1', ARGON2_COST: 'm=19456,t=2,p=1' } });
  });
  afterAll(() => service.stop());

  /** Who needs a hash is refused while no hash can be had: so the refusal shows the work, without a clock. */
  it.each([
    ['an unknown name', 'nobody-at-all'],
    ['an unknown address', 'nobody@example.com'],
    ['a known name', 'admin'],
  ])('of %s computes a hash', async (_what, login) => {
    const answer = await whileOverloaded(service, () => logIn(service, login, 'a wrong password'));
    expect(answer.status).toBe(503);
  });
});
