import type { ContractClient, Operation, Outcome, Person, Tokens } from './clients/contract-client.js';
import { claimsOf } from './support/claims.js';
import { JWT } from './support/formats.js';
import { logIn, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const NONE: Tokens = { access: '', refresh: '' };

/** What the document promises of this operation, to the key. */
function expectDocumented(
  client: Pick<ContractClient, 'documented'>,
  operation: Operation,
  person: Person,
  outcome: Outcome,
  presented: Tokens = NONE,
): void {
  const tokens = outcome.tokens.access === '' ? presented : outcome.tokens;
  const [status, body] = client.documented[operation]?.({ person, tokens }) ?? [];
  expect([outcome.status, outcome.body]).toEqual([status, body]);
}

const service = useService();

describe.each([
  { where: 'below its prefix', clients: service.clients },
  { where: 'at the root', clients: service.rootClients },
])('the answers of each document, addressed $where', ({ clients }) => {
  describe.each(clients)('$id', (client) => {
    it('registers, logs in, verifies, refreshes, logs out', async () => {
      const person = service.newPerson();
      const registered = await client.register(person);
      expectDocumented(client, 'register', person, registered);
      expect(registered.tokens.access !== '').toBe(client.facts.registrationOpensSession);

      const loggedIn = await client.logIn(person.username, person.password);
      expectDocumented(client, 'logIn', person, loggedIn);
      expect(loggedIn.tokens).toEqual({
        access: expect.stringMatching(JWT),
        refresh: expect.stringMatching(JWT),
      });
      expectDocumented(client, 'check', person, await client.check(loggedIn.tokens.access), loggedIn.tokens);
      expect((await client.use(loggedIn.tokens.access)).status).toBe(200);

      const refreshed = await client.refresh(loggedIn.tokens);
      expectDocumented(client, 'refresh', person, refreshed);
      expect(claimsOf(refreshed.tokens.access).sid).toBe(claimsOf(loggedIn.tokens.access).sid);
      expectDocumented(client, 'logOut', person, await client.logOut(refreshed.tokens.access));
    });

    it('hands out tokens that no cache may keep', async () => {
      const person = service.newPerson();
      const registered = await client.register(person);
      const loggedIn = await client.logIn(person.username, person.password);
      const refreshed = await client.refresh(loggedIn.tokens);
      for (const { headers } of [registered, loggedIn, refreshed])
        expect(headers['cache-control']).toBe('no-store');
    });

    it('answers a path that it does not have, and a method, in its own format', async () => {
      const [, path] = client.guarded[0] ?? [];
      const missing = await client.request('GET', `${path}/nothing`);
      expect(missing.status).toBe(404);
      expect(missing.json).toEqual(client.refusal.body(404));
      const wrong = await client.request('PATCH', `${path}`);
      expect(wrong.status).toBe(405);
      expect(wrong.json).toEqual(client.refusal.body(405));
      expect(wrong.headers.allow).toBe(client.guarded[0]?.[0]);
    });
  });

  describe('the profile', () =>
    whereOffered(clients, ['profile'], (client) => {
      it('is the documented one', async () => {
        const { person, tokens } = await service.loggedIn(client);
        expectDocumented(client, 'profile', person, await client.profile(tokens.access), tokens);
      });
    }));

  describe('a change of the password', () =>
    whereOffered(clients, ['changePassword'], (client) => {
      it('is answered as documented', async () => {
        const { person, tokens } = await service.loggedIn(client);
        const outcome = await client.changePassword(tokens.access, person.password, 'another password');
        expectDocumented(client, 'changePassword', person, outcome);
      });
    }));

  describe('a reset of the password', () =>
    whereOffered(clients, ['requestReset', 'confirmReset'], (client) => {
      it('is answered as documented', async () => {
        const person = await service.registered(client);
        expectDocumented(client, 'requestReset', person, await client.requestReset(person.email));
        const secret = await service.mailedSecret(person.email, 'Reset');
        expectDocumented(
          client,
          'confirmReset',
          person,
          await client.confirmReset(secret, 'another password'),
        );
      });
    }));

  describe('the verification of an address', () =>
    whereOffered(clients, ['verifyEmail'], (client) => {
      it('is answered as documented', async () => {
        const person = await service.registered(client);
        const secret = await service.mailedSecret(person.email, 'Verify');
        expectDocumented(client, 'verifyEmail', person, await client.verifyEmail(secret));
      });
    }));

  describe('the sessions', () =>
    whereOffered(clients, ['listSessions', 'endSession', 'endSessions'], (client) => {
      it('are listed and ended as documented', async () => {
        const { person, tokens } = await service.loggedIn(client);
        const { uid, sid } = claimsOf(tokens.access);
        const list = await client.listSessions(tokens.access, uid);
        expectDocumented(client, 'listSessions', person, list, tokens);
        expectDocumented(client, 'endSession', person, await client.endSession(tokens.access, sid));
        const { access } = await logIn(client, person);
        expectDocumented(client, 'endSessions', person, await client.endSessions(access, uid));
      });
    }));

  describe('the health check', () =>
    whereOffered(clients, ['health'], (client) => {
      it('is answered as documented', async () => {
        expectDocumented(client, 'health', service.newPerson(), await client.health());
      });
    }));
});
