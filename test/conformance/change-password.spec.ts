import { expectRefused, logIn, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const NEXT = 'the next password';

const service = useService();

describe('a change of the password', () =>
  whereOffered(service.clients, ['changePassword'], (client) => {
    describe.each(service.clients)('asked for by a session of $id', (owner) => {
      it('ends every other session, of every contract, and lets the one that asked go on', async () => {
        const { person, tokens } = await service.loggedIn(owner);
        const others = await Promise.all(service.clients.map((other) => logIn(other, person)));
        expect((await client.changePassword(tokens.access, person.password, NEXT)).status).toBe(200);

        for (const [i, other] of service.clients.entries()) {
          const session = others[i] ?? tokens;
          expect((await other.check(session.access)).verdict).toBe('revoked');
          expectRefused(other, await other.refresh(session), 401);
          expectRefused(other, await other.logIn(person.username, person.password), 401);
          await logIn(other, { ...person, password: NEXT });
        }
        expect((await owner.check(tokens.access)).verdict).toBe('valid');
        expect((await owner.refresh(tokens)).status).toBe(200);
      });
    });

    it('tells the owner by mail, without a link or a code', async () => {
      const { person, tokens } = await service.loggedIn(client);
      await client.changePassword(tokens.access, person.password, NEXT);
      const [notice] = await service.mailsTo(person.email);
      expect(notice?.subject).toMatch(/password was changed/i);
      expect(notice?.text).not.toMatch(/https?:|token=|\b\d{6}\b/);
    });

    it('demands the current password, and changes nothing without it', async () => {
      const { person, tokens } = await service.loggedIn(client);
      const other = await logIn(client, person);
      const outcome = await client.changePassword(tokens.access, 'not the password', NEXT);
      expectRefused(client, outcome, client.facts.wrongCurrentPassword);
      expect((await client.check(other.access)).verdict).toBe('valid');
      expectRefused(client, await client.logIn(person.username, NEXT), 401);
      await logIn(client, person);
    });

    it('refuses a new password that could not be one, and changes nothing', async () => {
      const { person, tokens } = await service.loggedIn(client);
      for (const next of ['', '1234567', 'x'.repeat(129)]) {
        expectRefused(client, await client.changePassword(tokens.access, person.password, next), 400);
      }
      await logIn(client, person);
    });

    it('demands an access token', async () => {
      const { person, tokens } = await service.loggedIn(client);
      for (const token of await service.refreshTokens())
        expectRefused(client, await client.changePassword(token, person.password, NEXT), 401);
      await client.logOut(tokens.access);
      expectRefused(client, await client.changePassword(tokens.access, person.password, NEXT), 401);
      await logIn(client, person);
    });
  }));
