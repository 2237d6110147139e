import { claimsOf } from './support/claims.js';
import { JWT, UUID } from './support/formats.js';
import { expectDocumented, logIn, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

/** What refreshes a session looks like this. */
const REFRESH_FORMS = { jwt: JWT, uuid: UUID, access: JWT };

const service = useService();

describe.each([
  { where: 'below its prefix', clients: service.clients },
  { where: 'at the root', clients: service.rootClients },
])('the answers of each document, addressed $where', ({ clients }) => {
  describe.each(clients)('$id', (client) => {
    it('registers, logs in, refreshes, logs out', async () => {
      const person = service.newPerson(client);
      const registered = await client.register(person);
      expectDocumented(client, 'register', person, registered);
      expect(registered.tokens.access !== '').toBe(client.facts.registrationOpensSession);

      const loggedIn = await client.logIn(person.username, person.password);
      expectDocumented(client, 'logIn', person, loggedIn);
      expect(loggedIn.tokens).toEqual({
        access: expect.stringMatching(JWT),
        refresh: expect.stringMatching(REFRESH_FORMS[client.facts.refreshBy]),
      });
      expect((await client.use(loggedIn.tokens.access)).status).toBe(client.facts.used);

      const refreshed = await client.refresh(loggedIn.tokens);
      expectDocumented(client, 'refresh', person, refreshed);
      expect(claimsOf(refreshed.tokens.access).sid).toBe(claimsOf(loggedIn.tokens.access).sid);
      expectDocumented(client, 'logOut', person, await client.logOut(refreshed.tokens.access));
    });

    it('hands out tokens that no cache may keep', async () => {
      const person = service.newPerson(client);
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
      expect(missing.json).toEqual(client.refusal.body(404, missing.json));
      const wrong = await client.request('PATCH', `${path}`);
      expect(wrong.status).toBe(405);
      expect(wrong.json).toEqual(client.refusal.body(405, wrong.json));
      expect(wrong.headers.allow).toBe(client.guarded[0]?.[0]);
    });
  });

  describe('the holder of a token', () =>
    whereOffered(clients, ['identify'], (client) => {
      it('is told as documented', async () => {
        const { person, tokens } = await service.loggedIn(client);
        expectDocumented(client, 'identify', person, await client.identify(tokens.access), tokens);
      });
    }));

  describe('the profile', () =>
    whereOffered(clients, ['profile'], (client) => {
      it('is the documented one', async () => {
        const { person, tokens } = await service.loggedIn(client);
        expectDocumented(client, 'profile', person, await client.profile(tokens.access), tokens);
      });
    }));

  describe('a change of the profile', () =>
    whereOffered(clients, ['updateProfile'], (client) => {
      it('is answered as documented', async () => {
        const { person, tokens } = await service.loggedIn(client);
        const outcome = await client.updateProfile(tokens.access, { firstName: 'Mary', lastName: 'Smith' });
        const changed = { ...person, firstName: 'Mary', lastName: 'Smith' };
        expectDocumented(client, 'updateProfile', changed, outcome, tokens);
      });
    }));

  describe('a new password by a session alone', () =>
    whereOffered(clients, ['resetBySession'], (client) => {
      it('is answered as documented', async () => {
        const { person, tokens } = await service.loggedIn(client);
        const outcome = await client.resetBySession(tokens.access, 'another password');
        expectDocumented(client, 'resetBySession', person, outcome);
        expect(outcome.headers['cache-control']).toBe('no-store');
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
        const { person, tokens } = await service.loggedIn(client);
        const outcome = await client.verifyEmail(await service.mailedProof(person.email));
        expectDocumented(client, 'verifyEmail', person, outcome, tokens);
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
        expectDocumented(client, 'health', service.newPerson(client), await client.health());
      });
    }));
});
