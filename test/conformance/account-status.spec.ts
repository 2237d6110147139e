import { AccountAdministration } from '@gatehouse/auth';
import type { UserId } from '@gatehouse/kernel';
import { expectRefused, logIn, useService } from './support/use-service.js';

const service = useService();

const administration = () => service.running.nest.get(AccountAdministration, { strict: false });

async function idOf(username: string): Promise<UserId> {
  return Number((await service.storedAccount({ username }))?.['id']) as UserId;
}

const block = async (username: string) => administration().block(await idOf(username));
const unblock = async (username: string) => administration().unblock(await idOf(username));

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

  it('has no session left, whichever contract opened it: none is used, refreshed or verified', async () => {
    const { person, tokens } = await service.loggedIn(client);
    const others = await Promise.all(service.clients.map((other) => logIn(other, person)));
    await block(person.username);
    for (const [i, other] of [...service.clients, client].entries()) {
      const session = others[i] ?? tokens;
      expect((await other.check(session.access)).verdict).toBe('revoked');
      expectRefused(other, await other.use(session.access), 401);
      expectRefused(other, await other.refresh(session), 401);
      expect(await service.storedSession(session)).toMatchObject({ end_reason: 'account_blocked' });
    }
  });

  it('leaves other accounts alone', async () => {
    const bystander = await service.loggedIn(client);
    await block((await service.registered(client)).username);
    expect((await client.check(bystander.tokens.access)).verdict).toBe('valid');
    expect((await client.refresh(bystander.tokens)).status).toBe(200);
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

  it('is what it was when it is no longer blocked, and logs in; what had ended stays ended', async () => {
    const { person, tokens } = await service.loggedIn(client);
    await block(person.username);
    await block(person.username);
    expectRefused(client, await client.logIn(person.username, person.password), client.facts.blocked);
    await unblock(person.username);
    expect(await service.storedAccount(person)).toMatchObject({
      status: client.facts.registers,
      status_before_block: null,
    });
    expect((await client.check(tokens.access)).verdict).toBe('revoked');
    expectRefused(client, await client.refresh(tokens), 401);
    await logIn(client, person);
  });
});
