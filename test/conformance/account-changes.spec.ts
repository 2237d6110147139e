import { AccountAdministration } from '@gatehouse/auth';
import type { UserId } from '@gatehouse/kernel';
import type { Tokens } from './clients/contract-client.js';
import { claimsOf } from './support/claims.js';
import { expectRefused, logIn, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const service = useService();

type Act = (on: AccountAdministration, id: UserId) => Promise<void>;

/** An administrator's act on whoever holds the token. */
const act = ({ access }: Tokens, how: Act): Promise<void> =>
  how(service.running.nest.get(AccountAdministration, { strict: false }), claimsOf(access).uid as UserId);

let renamed = 0;
const CHANGES = [
  ['role', () => ({ how: (on, id) => on.setRole(id, 'ADMIN'), says: { role: 'ADMIN' } })],
  [
    'username',
    () => {
      const username = `renamed.${++renamed}`;
      return { how: (on, id) => on.rename(id, username), says: { username } };
    },
  ],
] as const satisfies readonly [string, () => { how: Act; says: object }][];

describe.each(service.clients)('through $id', (client) => {
  describe.each(CHANGES)('where the %s has changed', (_what, change) => {
    it('access tokens that say otherwise are refused, of whichever contract they are', async () => {
      const { person, tokens } = await service.loggedIn(client);
      const others = await Promise.all(service.clients.map((other) => logIn(other, person)));
      await act(tokens, change().how);
      for (const session of [tokens, ...others]) {
        expect((await client.check(session.access)).verdict).toBe('revoked');
        expectRefused(client, await client.use(session.access), 401);
      }
    });

    it('the session lives on: a refresh, by the dead access token too, gives one that says it', async () => {
      const { tokens } = await service.loggedIn(client);
      const { how, says } = change();
      await act(tokens, how);
      const { status, tokens: next } = await client.refresh(tokens);
      expect(status).toBe(200);
      expect(claimsOf(next.access)).toMatchObject(says);
      expect((await client.check(next.access)).verdict).toBe('valid');
      expect((await client.use(next.access)).status).toBe(client.facts.used);
      expect((await client.refresh(next)).status).toBe(200);
    });

    it('the same again kills no token', async () => {
      const { tokens } = await service.loggedIn(client);
      const { how } = change();
      await act(tokens, how);
      const { tokens: next } = await client.refresh(tokens);
      await act(tokens, how);
      expect((await client.check(next.access)).verdict).toBe('valid');
      expect((await client.check(tokens.access)).verdict).toBe('revoked');
    });

    it('a login says it at once', async () => {
      const { person, tokens } = await service.loggedIn(client);
      const { how, says } = change();
      await act(tokens, how);
      const next = await logIn(client, { ...person, username: person.email });
      expect(claimsOf(next.access)).toMatchObject(says);
      expect((await client.check(next.access)).verdict).toBe('valid');
    });
  });
});

describe.each(service.clients.filter(({ facts }) => facts.hasUsernames))('through $id', (client) => {
  it('a renamed account logs in by its new name, and the old one is free', async () => {
    const { person, tokens } = await service.loggedIn(client);
    const username = `renamed.${++renamed}`;
    await act(tokens, (on, id) => on.rename(id, username));
    await logIn(client, { ...person, username });
    expectRefused(client, await client.logIn(person.username, person.password), 401);
    await service.registered(client, { username: person.username });
  });
});

describe('somebody who is no ADMIN any more', () =>
  whereOffered(service.clients, ['listSessions'], (client) => {
    it("sees nobody else's sessions, with no token", async () => {
      const bystander = await service.loggedIn(client);
      const { uid } = claimsOf(bystander.tokens.access);
      const { tokens: user } = await service.loggedIn(client);
      await act(user, (on, id) => on.setRole(id, 'ADMIN'));
      const { tokens: admin } = await client.refresh(user);
      expect((await client.listSessions(admin.access, uid)).status).toBe(200);
      await act(user, (on, id) => on.setRole(id, 'USER'));
      expectRefused(client, await client.listSessions(admin.access, uid), 401);
      const { tokens: again } = await client.refresh(admin);
      expectRefused(client, await client.listSessions(again.access, uid), 403);
    });
  }));
