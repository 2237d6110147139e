import { expectRefused, logIn, useService } from './support/use-service.js';

const service = useService();

const setStatus = (username: string, status: 'ACTIVE' | 'BLOCKED') =>
  service.running.database.query(
    'UPDATE users SET status = $2 WHERE coalesce(username, email) = $1 RETURNING id',
    [username, status],
  );

async function block(username: string): Promise<void> {
  expect((await setStatus(username, 'BLOCKED')).length).toBe(1);
}

describe.each(service.clients)('a blocked account, at $id', (client) => {
  it('is told so by the right password alone', async () => {
    const person = await service.registered(client);
    await block(person.username);
    expectRefused(client, await client.logIn(person.username, 'not the password'), 401);
    const right = await client.logIn(person.username, person.password);
    expectRefused(client, right, client.facts.blocked);
    // It is no lock: it does not end by itself.
    expect(right.headers['retry-after']).toBeUndefined();
    expect(right.tokens).toEqual({ access: '', refresh: '' });
  });

  it('is told of the lock, like any other, after too many wrong passwords', async () => {
    const person = await service.registered(client);
    await block(person.username);
    for (let i = 0; i < 10; i++)
      expectRefused(client, await client.logIn(person.username, 'not the password'), 401);
    const locked = await client.logIn(person.username, person.password);
    expectRefused(client, locked, 423);
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('refreshes no session', async () => {
    const { person, tokens } = await service.loggedIn(client);
    await block(person.username);
    expectRefused(client, await client.refresh(tokens), 401);
  });

  it('keeps its name and its address', async () => {
    const person = await service.registered(client);
    await block(person.username);
    for (const other of service.clients) {
      const { username, email, password } = person;
      expectRefused(other, await other.register(service.newPerson(other, { email, password })), 409);
      if (!client.facts.hasUsernames || !other.facts.hasUsernames) continue;
      expectRefused(other, await other.register(service.newPerson(other, { username, password })), 409);
    }
  });

  it('logs in again when it is no longer blocked', async () => {
    const person = await service.registered(client);
    await block(person.username);
    expectRefused(client, await client.logIn(person.username, person.password), client.facts.blocked);
    await setStatus(person.username, 'ACTIVE');
    await logIn(client, person);
  });
});
