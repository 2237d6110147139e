import { HOUR, SECOND, useService } from './support/use-service.js';
import type { ContractClient } from './clients/contract-client.js';

const INVALID = /^Bearer error="invalid_token"(, error_description="[^"\\]+")?$/;

const service = useService();

/** RFC 6750 §3: how a refusal of the Bearer token is told to programs. */
async function expectChallenge(
  client: Pick<ContractClient, 'request' | 'refusal'>,
  [method, path]: readonly [string, string],
  authorization: string | undefined,
  challenge: RegExp,
): Promise<void> {
  const headers = authorization === undefined ? {} : { authorization };
  const { status, json, headers: answered } = await client.request(method, path, { headers });
  expect(status).toBe(401);
  expect(json).toEqual(client.refusal.body(401, json));
  expect(answered['www-authenticate']).toMatch(challenge);
}

describe.each(service.clients)('$id, asked without a good access token', (client) => {
  describe.each(client.guarded)('at %s %s', (...route) => {
    it.each([
      ['no header at all', undefined],
      ['another scheme', 'Basic YWRtaW46YWRtaW4='],
    ])('with %s names the scheme and no error', async (_, authorization) => {
      await expectChallenge(client, route, authorization, /^Bearer$/);
    });

    it.each(['Bearer', 'Bearer ', 'Bearer not-a-token', 'Bearer a.b.c', 'bearer a.b.c', 'Bearer two tokens'])(
      'with "%s" says that the token is not valid',
      async (authorization) => {
        await expectChallenge(client, route, authorization, INVALID);
      },
    );

    it('with a revoked token says that it is not valid', async () => {
      const { tokens } = await service.loggedIn(client);
      await client.logOut(tokens.access);
      await expectChallenge(client, route, `Bearer ${tokens.access}`, INVALID);
    });

    it('with a refresh token, of whichever contract, says that it is not valid', async () => {
      for (const token of await service.refreshTokens())
        await expectChallenge(client, route, `Bearer ${token}`, INVALID);
    });
  });

  it('with an expired token says that it is not valid', async () => {
    const { tokens } = await service.loggedIn(client);
    service.advance(HOUR + SECOND);
    const { status, headers } = await client.use(tokens.access);
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toMatch(INVALID);
  });

  it.each(['bearer', 'BEARER'])('takes the scheme as %s too', async (scheme) => {
    const { tokens } = await service.loggedIn(client);
    const [method, path] = client.guarded[0] ?? ['', ''];
    const headers = { authorization: `${scheme} ${tokens.access}` };
    expect((await client.request(method, path, { headers })).status).toBe(200);
  });

  it('does not challenge where a password was wrong', async () => {
    const { username, password } = service.newPerson(client);
    const { status, headers } = await client.logIn(username, password);
    expect([status, headers['www-authenticate']]).toEqual([401, undefined]);
  });
});
