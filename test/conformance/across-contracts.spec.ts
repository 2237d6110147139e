import { claimsOf } from './support/claims.js';
import { expectRefused, logIn, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const service = useService();

describe.each(service.clients)('a session opened through $id', (opener) => {
  describe.each(service.clients)('and $id', (other) => {
    it('is verified there, with the same content', async () => {
      const { person, tokens } = await service.loggedIn(opener);
      const { verdict, holder } = await other.check(tokens.access);
      expect(verdict).toBe('valid');
      expect(holder).toEqual({
        userId: claimsOf(tokens.access).uid,
        username: person.username,
        role: 'USER',
      });
    });

    it('is used there', async () => {
      const { tokens } = await service.loggedIn(opener);
      expect((await other.use(tokens.access)).status).toBe(200);
    });

    it('is ended there, for both', async () => {
      const { person, tokens } = await service.loggedIn(opener);
      const bystander = await logIn(opener, person);
      expect((await other.logOut(tokens.access)).status).toBe(200);
      for (const client of [opener, other]) {
        expect((await client.check(tokens.access)).verdict).toBe('revoked');
        expectRefused(client, await client.use(tokens.access), 401);
        expect((await client.check(bystander.access)).verdict).toBe('valid');
      }
      expectRefused(opener, await opener.refresh(tokens), 401);
    });

    it('is refreshed there only if it was opened there; else it is left as it was', async () => {
      const { tokens } = await service.loggedIn(opener);
      const read = () =>
        service.running.database.query('SELECT * FROM sessions WHERE id = $1', [claimsOf(tokens.access).sid]);
      const before = await read();
      const outcome = await other.refresh(tokens);
      if (opener.id === other.id) {
        expect(outcome.status).toBe(200);
        return;
      }
      expectRefused(other, outcome, 401);
      expect(outcome.tokens).toEqual({ access: '', refresh: '' });
      expect(await read()).toEqual(before);
      expect((await opener.check(tokens.access)).verdict).toBe('valid');
      const { status, tokens: next } = await opener.refresh(tokens);
      expect(status).toBe(200);
      // Neither does a spent one count as stolen there: it is none of that contract's sessions.
      expectRefused(other, await other.refresh(tokens), 401);
      expect((await opener.refresh(next)).status).toBe(200);
    });
  });

  describe('is listed and ended by id through', () =>
    whereOffered(service.clients, ['listSessions', 'endSession'], (other) => {
      it('with the contract that opened it', async () => {
        const { person, tokens } = await service.loggedIn(opener);
        const theirs = await logIn(other, person);
        const { uid, sid } = claimsOf(tokens.access);
        const list = await other.listSessions(tokens.access, uid);
        expect(list.status).toBe(200);
        const registration = opener.facts.registrationOpensSession ? [opener.id] : [];
        expect(list.sessions.map(({ contract }) => contract)).toEqual([other.id, opener.id, ...registration]);
        expect(list.sessions.filter(({ current }) => current).map(({ id }) => id)).toEqual([sid]);

        expect((await other.endSession(theirs.access, sid)).status).toBe(204);
        expect((await opener.check(tokens.access)).verdict).toBe('revoked');
        expectRefused(opener, await opener.refresh(tokens), 401);
        expect((await other.check(theirs.access)).verdict).toBe('valid');
      });
    }));

  describe('is ended with all others through', () =>
    whereOffered(service.clients, ['endSessions'], (other) => {
      it('and so are its tokens', async () => {
        const { person, tokens } = await service.loggedIn(opener);
        const theirs = await logIn(other, person);
        expect((await other.endSessions(theirs.access, claimsOf(tokens.access).uid)).status).toBe(204);
        expect((await opener.check(tokens.access)).verdict).toBe('revoked');
        expectRefused(opener, await opener.refresh(tokens), 401);
        expectRefused(other, await other.refresh(theirs), 401);
      });
    }));
});
