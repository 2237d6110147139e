import { DEVELOPMENT_ADMIN } from '@gatehouse/development';
import { claimsOf } from './support/claims.js';
import { expectRefused, logIn, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const service = useService({ REQUIRE_VERIFIED_EMAIL: 'true' });

describe.each(service.clients)('with REQUIRE_VERIFIED_EMAIL, an account of $id', (client) => {
  it('is registered as ever, and mailed a link', async () => {
    const person = service.newPerson(client);
    const { status, body, tokens } = await client.register(person);
    expect([status, body]).toEqual(client.documented.register?.({ person, tokens }));
    expect((await service.mailsTo(person.email)).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('Verify'),
    ]);
  });

  it('cannot log in, through any contract, and only the right password is told why', async () => {
    const person = await service.registered(client);
    for (const other of service.clients) {
      expectRefused(other, await other.logIn(person.username, 'not the password'), 401);
      expectRefused(other, await other.logIn(person.username, person.password), 403);
      expectRefused(other, await other.logIn(person.email, person.password), 403);
    }
  });

  it('has a session from its registration, where it opens one, until the first refresh', async () => {
    const { tokens } = await client.register(service.newPerson(client));
    if (!client.facts.registrationOpensSession) {
      expect(tokens).toEqual({ access: '', refresh: '' });
      return;
    }
    expect((await client.use(tokens.access)).status).toBe(client.facts.used);
    for (let i = 0; i < 2; i++) expectRefused(client, await client.refresh(tokens), 403);
    // Refused, not ended.
    expect((await client.check(tokens.access)).verdict).toBe('valid');
  });
});

describe('with REQUIRE_VERIFIED_EMAIL, the mailed link or code', () =>
  whereOffered(service.clients, ['verifyEmail'], (verifier) => {
    it.each(service.clients)('lets an account of $id log in everywhere and refresh', async (client) => {
      const person = service.newPerson(client);
      const { tokens } = await client.register(person);
      if (client.facts.registrationOpensSession) expectRefused(client, await client.refresh(tokens), 403);
      const proof = { ...(await service.mailedProof(person.email)), email: person.email };
      expect((await verifier.verifyEmail(proof)).status).toBe(200);
      for (const other of service.clients) {
        expect((await other.refresh(await logIn(other, person))).status).toBe(200);
      }
      if (client.facts.registrationOpensSession) {
        const { status, tokens: next } = await client.refresh(tokens);
        expect(status).toBe(200);
        expect(claimsOf(next.access).sid).toBe(claimsOf(tokens.access).sid);
      }
    });
  }));

describe('with REQUIRE_VERIFIED_EMAIL, a reset of the password', () =>
  whereOffered(service.clients, ['requestReset', 'confirmReset'], (resetter) => {
    it.each(service.clients)('verifies the address of an account of $id too', async (client) => {
      const person = await service.registered(client);
      await resetter.requestReset(person.email);
      const secret = await service.mailedSecret(person.email, 'Reset');
      expectRefused(client, await client.logIn(person.username, person.password), 403);
      expect((await resetter.confirmReset(secret, 'another password')).status).toBe(200);
      for (const other of service.clients) await logIn(other, { ...person, password: 'another password' });
    });
  }));

describe('with REQUIRE_VERIFIED_EMAIL, the development admin', () => {
  it.each(service.clients)('logs in through $id', async (client) => {
    expect((await client.refresh(await logIn(client, DEVELOPMENT_ADMIN))).status).toBe(200);
  });
});
