import { claimsOf } from './support/claims.js';
import {
  DAY,
  expectRefused,
  HOUR,
  logIn,
  refreshSecretOf,
  SECOND,
  useService,
} from './support/use-service.js';

const GRACE = 10 * SECOND;

const service = useService();

const thefts = () => service.running.log.filter((line) => line.includes('refresh_token_reused'));

const rotating = service.clients.filter(({ facts }) => facts.rotates);
const keeping = service.clients.filter(({ facts }) => !facts.rotates);

describe.each(rotating)('what $id was refreshed by, presented again', (client) => {
  it('within the grace interval yields the same successor and a new access token', async () => {
    const { tokens } = await service.loggedIn(client);
    const { tokens: once } = await client.refresh(tokens);
    service.advance(GRACE - 5 * SECOND);
    const { status, tokens: twice } = await client.refresh(tokens);
    expect(status).toBe(200);
    expect(refreshSecretOf(client, twice)).toBe(refreshSecretOf(client, once));
    expect(twice.access).not.toBe(once.access);
    expect((await client.check(once.access)).verdict).toBe('valid');
    expect((await client.check(twice.access)).verdict).toBe('valid');
    // They are one token: whichever copy is presented, the session goes on by one step.
    const { tokens: next } = await client.refresh(once);
    const { tokens: same } = await client.refresh(twice);
    expect(refreshSecretOf(client, same)).toBe(refreshSecretOf(client, next));
    expect(claimsOf(same.access).gen).toBe(3);
  });

  it('after the grace interval is theft: the session ends, and the log says so', async () => {
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

  it('when its successor was used is theft within the grace interval too', async () => {
    const { tokens } = await service.loggedIn(client);
    const { tokens: next } = await client.refresh(tokens);
    const { tokens: last } = await client.refresh(next);
    expectRefused(client, await client.refresh(tokens), 401);
    expect((await client.check(last.access)).verdict).toBe('revoked');
    expectRefused(client, await client.refresh(last), 401);
  });
});

describe.each(keeping)('the refresh token of $id, which is not replaced', (client) => {
  it('is echoed byte for byte, and good again after any time, which is no theft', async () => {
    const { tokens } = await service.loggedIn(client);
    const before = thefts().length;
    for (const pause of [0, GRACE + SECOND, HOUR, 29 * DAY]) {
      service.advance(pause);
      const { status, tokens: next } = await client.refresh(tokens);
      expect(status).toBe(200);
      expect(next.refresh).toBe(tokens.refresh);
      expect((await client.check(next.access)).verdict).toBe('valid');
    }
    expect(thefts().length).toBe(before);
  });

  it('extends its session, and is over with it all the same', async () => {
    const { tokens } = await service.loggedIn(client);
    service.advance(20 * DAY);
    expect((await client.refresh(tokens)).status).toBe(200);
    service.advance(20 * DAY);
    expect((await client.refresh(tokens)).status).toBe(200);
    service.advance(30 * DAY);
    expectRefused(client, await client.refresh(tokens), 401);
  });
});
