import type { Tokens } from './clients/contract-client.js';
import { claimsOf } from './support/claims.js';
import { expectRefused, logIn, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const NONE: Tokens = { access: '', refresh: '' };

const service = useService();

describe.each(service.clients)('a session opened through $id', (opener) => {
  describe.each(service.clients)('and $id', (other) => {
    it('is valid and used there', async () => {
      const { tokens } = await service.loggedIn(opener);
      expect((await other.check(tokens.access)).verdict).toBe('valid');
      expect((await other.use(tokens.access)).status).toBe(other.facts.used);
    });

    it('is ended there, for all', async () => {
      const { person, tokens } = await service.loggedIn(opener);
      const bystander = await logIn(opener, person);
      expect((await other.logOut(tokens.access)).status).toBe(200);
      for (const client of service.clients) {
        expect((await client.check(tokens.access)).verdict).toBe('revoked');
        expectRefused(client, await client.use(tokens.access), 401);
        expect((await client.check(bystander.access)).verdict).toBe('valid');
      }
      expectRefused(opener, await opener.refresh(tokens), 401);
      expect((await opener.refresh(bystander)).status).toBe(200);
    });

    it('is refreshed there only if it was opened there; else it is left as it was', async () => {
      const { tokens } = await service.loggedIn(opener);
      const before = await service.storedSession(tokens);
      const outcome = await other.refresh(tokens);
      if (opener.id === other.id) {
        expect(outcome.status).toBe(200);
        return;
      }
      expectRefused(other, outcome, 401);
      expect(outcome.tokens).toEqual(NONE);
      expect(await service.storedSession(tokens)).toEqual(before);
      expect((await opener.check(tokens.access)).verdict).toBe('valid');
      const { status, tokens: next } = await opener.refresh(tokens);
      expect(status).toBe(200);
      // Neither does a spent one count as stolen there: it is none of that contract's sessions.
      expectRefused(other, await other.refresh(tokens), 401);
      expect((await opener.refresh(next)).status).toBe(200);
    });
  });

  describe('is verified, with the same content, through', () =>
    whereOffered(service.clients, ['identify'], (other) => {
      it('as whose it is', async () => {
        const { person, tokens } = await service.loggedIn(opener);
        const { uid: userId, sub: uuid } = claimsOf(tokens.access);
        const { username, email } = person;
        const { holder } = await other.identify(tokens.access);
        expect({ userId, uuid, username, email, role: 'USER' }).toMatchObject(holder);
        expect(holder.userId ?? holder.uuid).toBeDefined();
      });
    }));

  describe('is listed and ended by id through', () =>
    whereOffered(service.clients, ['listSessions', 'endSession'], (other) => {
      it('with the contract and the channel that opened it', async () => {
        const { person, tokens } = await service.loggedIn(opener);
        const theirs = await logIn(other, person);
        const { uid, sid } = claimsOf(tokens.access);
        const list = await other.listSessions(tokens.access, uid);
        expect(list.status).toBe(200);
        const own = { contract: opener.id, channel: opener.facts.channel, ended: false };
        expect(list.sessions).toEqual([
          { ...own, id: claimsOf(theirs.access).sid, contract: other.id, channel: null, current: false },
          { ...own, id: sid, current: true },
          ...(opener.facts.registrationOpensSession
            ? [{ ...own, id: expect.any(String), current: false }]
            : []),
        ]);

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
