import { randomUUID } from 'node:crypto';
import type { ContractClient, Tokens } from './clients/contract-client.js';
import { claimsOf } from './support/claims.js';
import { expectRefused, HOUR, logIn, refreshSecretOf, SECOND, useService } from './support/use-service.js';

const GRACE = 10 * SECOND;

const service = useService();

/** The same JWT under another signature. */
function forged(token: string): string {
  const [head, payload, signature = ''] = token.split('.');
  return `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
}

/** What a client might present instead of what refreshes its session. */
function impostorsOf({ facts }: ContractClient, { access, refresh }: Tokens): string[] {
  if (facts.refreshBy === 'uuid') return [access, randomUUID(), refresh.slice(0, -1), 'not a token'];
  // blanks around a header's value are no part of it
  const blanks = facts.refreshBy === 'jwt' ? [access, `${refresh} `] : [];
  return [...blanks, forged(refresh), 'not a token'];
}

describe.each(service.clients)('a refresh through $id', (client) => {
  const { rotates, refreshBy } = client.facts;

  it('gives new tokens of the same session, again and again', async () => {
    const { tokens } = await service.loggedIn(client);
    let latest = tokens;
    for (let generation = 2; generation <= 4; generation++) {
      const { status, tokens: next } = await client.refresh(latest);
      expect(status).toBe(200);
      expect(next.access).not.toBe(latest.access);
      expect(refreshSecretOf(client, next) !== refreshSecretOf(client, latest)).toBe(rotates);
      const { sid } = claimsOf(tokens.access);
      expect(claimsOf(next.access)).toMatchObject({ sid, gen: rotates ? generation : 1 });
      expect((await client.check(next.access)).verdict).toBe('valid');
      latest = next;
    }
  });

  it('needs no access token that is still valid', async () => {
    const { tokens } = await service.loggedIn(client);
    service.advance(HOUR + SECOND);
    expect((await client.check(tokens.access)).verdict).toBe('expired');
    const { status, tokens: next } = await client.refresh(tokens);
    expect(status).toBe(200);
    expect((await client.check(next.access)).verdict).toBe('valid');
  });

  it('leaves the older access token valid, unless that is what refreshes: then for the grace interval', async () => {
    const { tokens } = await service.loggedIn(client);
    const { tokens: next } = await client.refresh(tokens);
    for (const other of service.clients) expect((await other.check(tokens.access)).verdict).toBe('valid');
    service.advance(GRACE + SECOND);
    const verdict = refreshBy === 'access' ? 'revoked' : 'valid';
    for (const other of service.clients) {
      expect((await other.check(tokens.access)).verdict).toBe(verdict);
      expect((await other.check(next.access)).verdict).toBe('valid');
    }
  });

  it('by anything but what refreshes is refused and changes nothing', async () => {
    const { tokens } = await service.loggedIn(client);
    const before = await service.storedSession(tokens);
    const others = (await service.refreshTokens()).filter(
      (token) => refreshBy !== 'jwt' || !token.includes('.'),
    );
    for (const refresh of [...impostorsOf(client, tokens), ...others]) {
      expectRefused(client, await client.refresh({ ...tokens, refresh }), 401);
    }
    if (refreshBy !== 'access') {
      for (const other of service.clients)
        expect((await other.check(tokens.refresh)).verdict).toBe('invalid');
    }
    expect(await service.storedSession(tokens)).toEqual(before);
    expect((await client.refresh(tokens)).status).toBe(200);
  });

  it('takes the access token for what the document says that it is', async () => {
    const { tokens: mine } = await service.loggedIn(client);
    const { tokens: theirs } = await service.loggedIn(client);
    const mixed = { access: theirs.access, refresh: mine.refresh };
    if (client.facts.refreshPresentsBoth) {
      expectRefused(client, await client.refresh(mixed), 401);
      expectRefused(client, await client.refresh({ access: mine.access, refresh: theirs.refresh }), 401);
      expectRefused(client, await client.refresh({ access: mine.refresh, refresh: mine.refresh }), 401);
      // Nothing has changed: both sessions go on, and nothing counts as spent.
      for (const tokens of [mine, theirs]) {
        expect((await client.check(tokens.access)).verdict).toBe('valid');
        expect(claimsOf((await client.refresh(tokens)).tokens.access).gen).toBe(2);
      }
    } else {
      // Its refresh presents one token, so there are no two to hold against each other.
      expect(claimsOf((await client.refresh(mixed)).tokens.access).sid).toBe(claimsOf(mine.access).sid);
    }
  });

  it('of two sessions of one account refreshes the one that was meant', async () => {
    const { person, tokens } = await service.loggedIn(client);
    const other = await logIn(client, person);
    const untouched = await service.storedSession(other);
    const { tokens: next } = await client.refresh(tokens);
    expect(claimsOf(next.access).sid).toBe(claimsOf(tokens.access).sid);
    expect(await service.storedSession(other)).toEqual(untouched);
    const { tokens: second } = await client.refresh(other);
    expect(claimsOf(second.access).sid).toBe(claimsOf(other.access).sid);
  });
});
