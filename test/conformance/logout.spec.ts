import { expectRefused, HOUR, logIn, SECOND, useService } from './support/use-service.js';

const service = useService();

describe.each(service.clients)('a logout through $id', (client) => {
  it('ends the session at once: access token, refresh token, and every older token of it', async () => {
    const { tokens: first } = await service.loggedIn(client);
    const { tokens: second } = await client.refresh(first);
    expect((await client.logOut(first.access)).status).toBe(200);
    for (const { access } of [first, second]) {
      expect((await client.check(access)).verdict).toBe('revoked');
      expectRefused(client, await client.use(access), 401);
      expectRefused(client, await client.logOut(access), 401);
    }
    expectRefused(client, await client.refresh(second), 401);
    expectRefused(client, await client.refresh(first), 401);
  });

  it('leaves the other sessions of the account alone', async () => {
    const { person, tokens } = await service.loggedIn(client);
    const others = await Promise.all(service.clients.map((other) => logIn(other, person)));
    expect((await client.logOut(tokens.access)).status).toBe(200);
    for (const [i, other] of service.clients.entries()) {
      const session = others[i] ?? tokens;
      expect((await other.check(session.access)).verdict).toBe('valid');
      expect((await other.refresh(session)).status).toBe(200);
    }
  });

  it('demands an access token that is valid', async () => {
    const { tokens } = await service.loggedIn(client);
    for (const token of await service.refreshTokens()) expectRefused(client, await client.logOut(token), 401);
    service.advance(HOUR + SECOND);
    expectRefused(client, await client.logOut(tokens.access), 401);
    expect((await client.refresh(tokens)).status).toBe(200);
  });
});
