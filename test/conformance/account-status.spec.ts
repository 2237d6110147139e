import { expectRefused, logIn, useService } from './support/use-service.js';

const service = useService();

const block = (username: string) =>
  service.running.database.query(`UPDATE users SET status = 'BLOCKED' WHERE username = $1`, [username]);

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
    const { password } = person;
    expectRefused(
      client,
      await client.register(service.newPerson({ username: person.username, password })),
      409,
    );
    expectRefused(client, await client.register(service.newPerson({ email: person.email, password })), 409);
  });

  it('logs in again when it is no longer blocked', async () => {
    const person = await service.registered(client);
    await block(person.username);
    expectRefused(client, await client.logIn(person.username, person.password), client.facts.blocked);
    await service.running.database.query(`UPDATE users SET status = 'ACTIVE' WHERE username = $1`, [
      person.username,
    ]);
    await logIn(client, person);
  });
});
