import { claimsOf } from './support/claims.js';
import { expectRefused, HOUR, logIn, SECOND, useService } from './support/use-service.js';

const GRACE = 10 * SECOND;

const service = useService();

const thefts = () => service.running.log.filter((line) => line.includes('refresh_token_reused'));

describe.each(service.clients)('a refresh through $id', (client) => {
  it('gives new tokens of the same session, again and again', async () => {
    const { tokens } = await service.loggedIn(client);
    let latest = tokens;
    for (let generation = 2; generation <= 4; generation++) {
      const { status, tokens: next } = await client.refresh(latest);
      expect(status).toBe(200);
      expect(next.access).not.toBe(latest.access);
      expect(claimsOf(next.refresh).jti).not.toBe(claimsOf(latest.refresh).jti);
      expect(claimsOf(next.access)).toMatchObject({ sid: claimsOf(tokens.access).sid, gen: generation });
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

  it('repeated within the grace interval yields the same successor and a new access token', async () => {
    const { tokens } = await service.loggedIn(client);
    const { tokens: once } = await client.refresh(tokens);
    service.advance(GRACE - 5 * SECOND);
    const { status, tokens: twice } = await client.refresh(tokens);
    expect(status).toBe(200);
    expect(claimsOf(twice.refresh)).toEqual(claimsOf(once.refresh));
    expect(claimsOf(twice.access).jti).not.toBe(claimsOf(once.access).jti);
    expect((await client.check(once.access)).verdict).toBe('valid');
    expect((await client.check(twice.access)).verdict).toBe('valid');
    // They are one token: whichever copy is presented, the session goes on by one step.
    const { tokens: next } = await client.refresh(once);
    expect(claimsOf((await client.refresh(twice)).tokens.refresh).jti).toBe(claimsOf(next.refresh).jti);
  });

  it('repeated after the grace interval is theft: the session ends, and the log says so', async () => {
    const { person, tokens } = await service.loggedIn(client);
    const other = await logIn(client, person);
    const { tokens: next } = await client.refresh(tokens);
    service.advance(GRACE + SECOND);
    const before = thefts().length;
    expectRefused(client, await client.refresh(tokens), 401);
    expect((await client.check(next.access)).verdict).toBe('revoked');
    expect((await client.check(tokens.access)).verdict).toBe('revoked');
    expectRefused(client, await client.use(next.access), 401);
    expectRefused(client, await client.refresh(next), 401);
    const { sid, uid } = claimsOf(tokens.access);
    expect(
      thefts()
        .slice(before)
        .map((line) => JSON.parse(line)),
    ).toEqual([
      expect.objectContaining({
        event: 'refresh_token_reused',
        session: sid,
        user: uid,
        contract: client.id,
      }),
    ]);
    // The account's other sessions were not stolen.
    expect((await client.check(other.access)).verdict).toBe('valid');
    expect((await client.refresh(other)).status).toBe(200);
  });

  it('by a token whose successor was used is theft within the grace interval too', async () => {
    const { tokens } = await service.loggedIn(client);
    const { tokens: next } = await client.refresh(tokens);
    const { tokens: last } = await client.refresh(next);
    expectRefused(client, await client.refresh(tokens), 401);
    expect((await client.check(last.access)).verdict).toBe('revoked');
    expectRefused(client, await client.refresh(last), 401);
  });

  it('by anything but a refresh token is refused and changes nothing', async () => {
    const { tokens } = await service.loggedIn(client);
    const [head, payload, signature = ''] = tokens.refresh.split('.');
    const forged = `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    for (const refresh of [tokens.access, forged, 'not a token', `${tokens.refresh} `]) {
      expectRefused(client, await client.refresh({ ...tokens, refresh }), 401);
    }
    expect((await client.check(tokens.refresh)).verdict).toBe('invalid');
    expect((await client.refresh(tokens)).status).toBe(200);
  });

  it('takes the access token for what the document says that it is', async () => {
    const { tokens: mine } = await service.loggedIn(client);
    const { tokens: theirs } = await service.loggedIn(client);
    const mixed = { access: theirs.access, refresh: mine.refresh };
    if (client.facts.refreshPresentsAccessToken) {
      expectRefused(client, await client.refresh(mixed), 401);
      expectRefused(client, await client.refresh({ access: mine.access, refresh: theirs.refresh }), 401);
      expectRefused(client, await client.refresh({ access: mine.refresh, refresh: mine.refresh }), 401);
      // Nothing has changed: both sessions go on, and nothing counts as spent.
      for (const tokens of [mine, theirs]) {
        expect((await client.check(tokens.access)).verdict).toBe('valid');
        expect(claimsOf((await client.refresh(tokens)).tokens.access).gen).toBe(2);
      }
    } else {
      // Its refresh presents no access token, so there are no two to hold against each other.
      expect(claimsOf((await client.refresh(mixed)).tokens.access).sid).toBe(claimsOf(mine.access).sid);
    }
  });

  it('of two sessions of one account refreshes the one that was meant', async () => {
    const { person, tokens } = await service.loggedIn(client);
    const other = await logIn(client, person);
    const { tokens: next } = await client.refresh(tokens);
    expect(claimsOf(next.access).sid).toBe(claimsOf(tokens.access).sid);
    expect(claimsOf((await client.refresh(other)).tokens.access)).toMatchObject({
      sid: claimsOf(other.access).sid,
      gen: 2,
    });
  });
});
