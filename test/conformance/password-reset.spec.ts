import type { Offering } from './clients/contract-client.js';
import { claimsOf } from './support/claims.js';
import { expectDocumented, expectRefused, HOUR, logIn, SECOND, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const NEXT = 'the next password';
const OUTSTANDING = 3;

const service = useService();

type Resetter = Offering<'requestReset' | 'confirmReset'>;

/** The secrets of `count` links, in the order in which they were asked for. */
async function requestLinks(client: Resetter, email: string, count: number): Promise<string[]> {
  for (let i = 0; i < count; i++) expect((await client.requestReset(email)).status).toBe(200);
  return (await service.mailedSecrets(email, 'Reset')).slice(0, count).reverse();
}

async function requestLink(client: Resetter, email: string): Promise<string> {
  const [secret = ''] = await requestLinks(client, email, 1);
  return secret;
}

describe('a reset of the password', () =>
  whereOffered(service.clients, ['requestReset', 'confirmReset'], (client) => {
    describe.each(service.clients)('of an account registered through $id', (owner) => {
      it('ends every session of every contract and sets the new password', async () => {
        const person = await service.registered(owner);
        const sessions = await Promise.all(service.clients.map((other) => logIn(other, person)));
        const secret = await requestLink(client, person.email);
        expect((await client.confirmReset(secret, NEXT)).status).toBe(200);
        for (const [i, other] of service.clients.entries()) {
          const session = sessions[i] ?? { access: '', refresh: '' };
          expect((await other.check(session.access)).verdict).toBe('revoked');
          expectRefused(other, await other.refresh(session), 401);
          expectRefused(other, await other.logIn(person.username, person.password), 401);
          await logIn(other, { ...person, password: NEXT });
        }
      });

      it('lifts the lock', async () => {
        const person = await service.registered(owner);
        for (let i = 0; i < 10; i++) await owner.logIn(person.username, 'not the password');
        expectRefused(owner, await owner.logIn(person.username, person.password), 423);
        const secret = await requestLink(client, person.email);
        expectRefused(owner, await owner.logIn(person.username, person.password), 423);
        expect((await client.confirmReset(secret, NEXT)).status).toBe(200);
        await logIn(owner, { ...person, password: NEXT });
      });

      it('verifies the address', async () => {
        const person = await service.registered(owner);
        await client.confirmReset(await requestLink(client, person.email), NEXT);
        expect(await service.storedAccount(person)).toMatchObject({ status: 'ACTIVE', verified: true });
      });
    });

    it('a link is good once', async () => {
      const { email, username } = await service.registered(client);
      const secret = await requestLink(client, email);
      expect((await client.confirmReset(secret, NEXT)).status).toBe(200);
      expectRefused(client, await client.confirmReset(secret, 'yet another one'), 400);
      expect((await client.logIn(username, NEXT)).status).toBe(200);
    });

    it('a link is good for an hour', async () => {
      const { email } = await service.registered(client);
      const secret = await requestLink(client, email);
      service.advance(HOUR - 10 * SECOND);
      expect((await client.confirmReset(secret, NEXT)).status).toBe(200);
      const another = await requestLink(client, email);
      service.advance(HOUR + SECOND);
      expectRefused(client, await client.confirmReset(another, 'yet another one'), 400);
      expect((await client.logIn(email, NEXT)).status).toBe(200);
    });

    it.each([0, 1, 2])('of three outstanding links, number %i works and voids the others', async (used) => {
      const { email, username } = await service.registered(client);
      const secrets = await requestLinks(client, email, OUTSTANDING);
      expect(new Set(secrets).size).toBe(OUTSTANDING);
      expect((await client.confirmReset(secrets[used] ?? '', NEXT)).status).toBe(200);
      for (const secret of secrets)
        expectRefused(client, await client.confirmReset(secret, 'yet another one'), 400);
      expect((await client.logIn(username, NEXT)).status).toBe(200);
    });

    it('a fourth link voids the oldest alone', async () => {
      const { email, username } = await service.registered(client);
      const [oldest = '', second = ''] = await requestLinks(client, email, OUTSTANDING + 1);
      expectRefused(client, await client.confirmReset(oldest, NEXT), 400);
      expect((await client.confirmReset(second, NEXT)).status).toBe(200);
      expect((await client.logIn(username, NEXT)).status).toBe(200);
    });

    it('a password that could not be one is refused and leaves the link good', async () => {
      const { email } = await service.registered(client);
      const secret = await requestLink(client, email);
      for (const next of ['', '1234567', 'x'.repeat(129)]) {
        expectRefused(client, await client.confirmReset(secret, next), 400);
      }
      expect((await client.confirmReset(secret, NEXT)).status).toBe(200);
    });

    it('a made-up link is refused', async () => {
      for (const secret of ['abc123xyz789', 'A'.repeat(43), 'ä']) {
        expectRefused(client, await client.confirmReset(secret, NEXT), 400);
      }
    });

    it('a link of the other purpose is refused', async () => {
      const person = await service.registered(client);
      const verification = await service.mailedSecrets(person.email, 'Verify');
      expect(verification.length).toBe(client.facts.registers === 'PENDING' ? 1 : 0);
      for (const secret of verification) expectRefused(client, await client.confirmReset(secret, NEXT), 400);
      await logIn(client, person);
    });

    it('is asked for by the address in any case, and mailed to the address on file alone', async () => {
      const { email } = await service.registered(client);
      expect((await client.requestReset(` ${email.toUpperCase()} `)).status).toBe(200);
      const [mail] = await service.mailsTo(email);
      expect(mail?.subject).toMatch(/Reset/);
      expect(mail?.to).toBe(email);
    });

    it('of an unknown address is answered as the document has it, and mails nothing', async () => {
      const person = service.newPerson(client);
      const outcome = await client.requestReset(person.email);
      if (client.facts.resetOfUnknown === 200) expectDocumented(client, 'requestReset', person, outcome);
      else expectRefused(client, outcome, client.facts.resetOfUnknown);
      expect(await service.mailsTo(person.email)).toEqual([]);
    });

    it('asking alone changes nothing', async () => {
      const { person, tokens } = await service.loggedIn(client);
      await requestLink(client, person.email);
      expect((await client.check(tokens.access)).verdict).toBe('valid');
      expect(claimsOf((await client.refresh(tokens)).tokens.access).sid).toBe(claimsOf(tokens.access).sid);
      await logIn(client, person);
    });
  }));

describe('a change of the password', () =>
  whereOffered(service.clients, ['requestReset', 'confirmReset', 'changePassword'], (client) => {
    it('voids the reset links that are outstanding', async () => {
      const { person, tokens } = await service.loggedIn(client);
      const secrets = await requestLinks(client, person.email, 2);
      expect((await client.changePassword(tokens.access, person.password, NEXT)).status).toBe(200);
      for (const secret of secrets)
        expectRefused(client, await client.confirmReset(secret, 'yet another one'), 400);
      await logIn(client, { ...person, password: NEXT });
    });
  }));
