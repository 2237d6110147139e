import { claimsOf } from './support/claims.js';
import { expectRefused, logIn, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const NEXT = 'the next password';

const service = useService();

describe('a new password by a session alone', () =>
  whereOffered(service.clients, ['resetBySession'], (client) => {
    describe.each(service.clients)('asked for by a session of $id', (owner) => {
      it('ends every other session of every contract, and gives tokens of a live one', async () => {
        const { person, tokens } = await service.loggedIn(owner);
        const others = await Promise.all(service.clients.map((other) => logIn(other, person)));
        const { status, tokens: next } = await client.resetBySession(tokens.access, NEXT);
        expect(status).toBe(200);

        for (const [i, other] of service.clients.entries()) {
          const session = others[i] ?? tokens;
          expect((await other.check(session.access)).verdict).toBe('revoked');
          expectRefused(other, await other.refresh(session), 401);
          expectRefused(other, await other.logIn(person.username, person.password), 401);
          await logIn(other, { ...person, password: NEXT });
          expect((await other.check(next.access)).verdict).toBe('valid');
        }
        expect((await client.refresh(next)).status).toBe(200);
      });

      it('kills the tokens that asked, of a session that goes on only where it is of the same contract', async () => {
        const { person, tokens } = await service.loggedIn(owner);
        const { tokens: next } = await client.resetBySession(tokens.access, NEXT);
        expect((await client.check(tokens.access)).verdict).toBe('revoked');
        expectRefused(owner, await owner.refresh(tokens), 401);
        const same = claimsOf(next.access).sid === claimsOf(tokens.access).sid;
        expect(same).toBe(owner.id === client.id);
        expect(await service.storedSession(next)).toMatchObject({ contract: client.id, ended_at: null });
        expect((await client.check(next.access)).verdict).toBe('valid');
        await logIn(owner, { ...person, password: NEXT });
      });
    });

    it('tells the owner by mail, without a link or a code', async () => {
      const { person, tokens } = await service.loggedIn(client);
      await client.resetBySession(tokens.access, NEXT);
      const [notice] = await service.mailsTo(person.email);
      expect(notice?.subject).toMatch(/password was changed/i);
      expect(notice?.text).not.toMatch(/https?:|token=|\b\d{6}\b/);
    });

    it('refuses a password that could not be one, and changes nothing', async () => {
      const { person, tokens } = await service.loggedIn(client);
      for (const next of ['', '1234567', 'x'.repeat(129)])
        expectRefused(client, await client.resetBySession(tokens.access, next), 400);
      expect((await client.check(tokens.access)).verdict).toBe('valid');
      await logIn(client, person);
    });

    it('demands an access token that is valid', async () => {
      const { person, tokens } = await service.loggedIn(client);
      for (const token of await service.refreshTokens())
        expectRefused(client, await client.resetBySession(token, NEXT), 401);
      await client.logOut(tokens.access);
      expectRefused(client, await client.resetBySession(tokens.access, NEXT), 401);
      await logIn(client, person);
    });
  }));
