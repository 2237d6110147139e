import { Denylist } from '@gatehouse/tokens';
import { clientsOf } from '../conformance/clients/index.js';
import type { Tokens } from '../conformance/clients/contract-client.js';
import { TokenClient } from '../conformance/clients/token.client.js';
import { claimsOf } from '../conformance/support/claims.js';
import { logIn, MINUTE, ServiceInUse } from '../conformance/support/use-service.js';
import { whereOffered } from '../conformance/support/where-offered.js';
import { administrationOf } from '../support/administration.js';
import { eventually } from '../support/eventually.js';
import { holdLock } from '../support/held-lock.js';
import { describeWithRedis, RedisServer } from '../support/redis-server.js';
import { type Service, startService } from '../support/start-service.js';
import { ENDED, MADE_ADMIN, RENAMED, REPLACED } from '../support/unacknowledged.js';

const LIMIT = 7;

/** Two nodes whose sessions are revoked in a Redis: what an answer promises is there when the answer is. */
describeWithRedis('before anything that revokes is answered, every node knows', () => {
  const inUse = new ServiceInUse();
  /** Of a contract that ends sessions by their ids. */
  const client = new TokenClient(inUse.url, 'prefix');
  const atOther = clientsOf(() => other.url, 'prefix');
  let redis: RedisServer;
  let other: Service;

  beforeAll(async () => {
    redis = await RedisServer.start();
    const env = { REDIS_URL: redis.url, SESSIONS_PER_USER: String(LIMIT) };
    await inUse.start(env);
    const { database, clock } = inUse.running;
    other = await startService({ env, database, clock });
    await eventually('both nodes to trust the copy', () =>
      [inUse.running, other].every(
        ({ nest }) => nest.get(Denylist, { strict: false }).status().source === 'redis',
      ),
    );
  });
  afterAll(async () => {
    await other?.stop();
    await inUse.stop();
    await redis.stop();
  });

  const administration = ({ access }: Tokens) => administrationOf(inUse.running, claimsOf(access).uid);

  const copied = async ({ access }: Tokens): Promise<unknown> =>
    String(await redis.command('HGET', 'deny', claimsOf(access).sid)).split(';')[0];

  /** That the copy holds the session's revocation, that it is known to, and that both nodes go by it. */
  async function expectTold(tokens: Tokens, value: unknown = '*'): Promise<void> {
    const [row] = await inUse.running.database.query(
      'SELECT value, published_at IS NOT NULL AS published FROM revocations WHERE sid = $1',
      [claimsOf(tokens.access).sid],
    );
    expect({ ...row, copied: await copied(tokens) }).toEqual({ value, published: true, copied: value });
  }

  async function expectRefused({ access }: Tokens): Promise<void> {
    for (const [index, each] of inUse.clients.entries()) {
      expect((await each.check(access)).verdict).toBe('revoked');
      expect((await atOther[index]!.check(access)).verdict).toBe('revoked');
    }
  }

  describe.each(inUse.clients)('through $id', (each) => {
    it('a logout', async () => {
      const { tokens } = await inUse.loggedIn(each);
      expect((await each.logOut(tokens.access)).status).toBe(200);
      await expectTold(tokens);
      await expectRefused(tokens);
    });

    it('a login beyond the limit', async () => {
      const { person, tokens } = await inUse.loggedIn(each);
      const count = each.facts.registrationOpensSession ? LIMIT - 2 : LIMIT - 1;
      for (let i = 0; i < count; i++) await logIn(each, person);
      expect((await each.check(tokens.access)).verdict).toBe('valid');
      await logIn(each, person);
      if (each.facts.registrationOpensSession) await logIn(each, person);
      await expectTold(tokens);
      await expectRefused(tokens);
    });

    it('a refresh that replaces the access token itself', async () => {
      const { tokens } = await inUse.loggedIn(each);
      await each.refresh(tokens);
      if (each.facts.refreshBy === 'access')
        await expectTold(tokens, expect.stringMatching(/^2@[1-9]\d{12}$/));
      else expect(await copied(tokens)).toBe('null');
    });

    it('a block', async () => {
      const { tokens } = await inUse.loggedIn(each);
      await administration(tokens).block();
      await expectTold(tokens);
      await expectRefused(tokens);
    });

    it('another role, and another username', async () => {
      const { tokens } = await inUse.loggedIn(each);
      await administration(tokens).setRole('ADMIN');
      await expectTold(tokens, '2@0');
      await expectRefused(tokens);
      await administration(tokens).rename(`renamed.${each.id}`);
      await expectTold(tokens, '3@0');
    });
  });

  it.each(inUse.clients.filter(({ facts }) => facts.rotates))(
    'through $id: the refusal of a refresh token that was spent',
    async (each) => {
      const { tokens } = await inUse.loggedIn(each);
      const { tokens: next } = await each.refresh(tokens);
      inUse.advance(MINUTE);
      expect((await each.refresh(tokens)).status).toBe(401);
      await expectTold(next);
      await expectRefused(next);
    },
  );

  describe('a changed password', () =>
    whereOffered(inUse.clients, ['changePassword'], (each) => {
      it('ends the other sessions', async () => {
        const { person, tokens } = await inUse.loggedIn(each);
        const elsewhere = await Promise.all(inUse.clients.map((one) => logIn(one, person)));
        const { status } = await each.changePassword(tokens.access, person.password, 'another password');
        expect(status).toBeLessThan(300);
        for (const ended of elsewhere) await expectTold(ended);
        expect((await each.check(tokens.access)).verdict).toBe('valid');
      });
    }));

  describe('a password reset by a mailed link', () =>
    whereOffered(inUse.clients, ['requestReset', 'confirmReset'], (each) => {
      it('ends all sessions', async () => {
        const { person, tokens } = await inUse.loggedIn(each);
        await each.requestReset(person.email);
        const secret = await inUse.mailedSecret(person.email, 'Reset');
        expect((await each.confirmReset(secret, 'another password')).status).toBeLessThan(300);
        await expectTold(tokens);
        await expectRefused(tokens);
      });
    }));

  describe('a new password by the session alone', () =>
    whereOffered(inUse.clients, ['resetBySession'], (each) => {
      it("kills the session's tokens and ends the others", async () => {
        const { person, tokens } = await inUse.loggedIn(each);
        const elsewhere = await logIn(client, { ...person, username: person.email });
        const { status, tokens: next } = await each.resetBySession(tokens.access, 'another password');
        expect(status).toBe(200);
        await expectTold(tokens, '2@0');
        await expectTold(elsewhere);
        await expectRefused(tokens);
        expect((await each.check(next.access)).verdict).toBe('valid');
      });

      it('ends a session that another contract opened', async () => {
        const { person, tokens } = await inUse.loggedIn(client);
        expect((await each.resetBySession(tokens.access, 'another password')).status).toBe(200);
        await expectTold(tokens);
        await expectRefused(tokens);
        await logIn(client, { ...person, password: 'another password' });
      });
    }));

  describe('also where an earlier call was stored and died before it was told:', () => {
    /** Somebody with a session that was ended so, and another one to ask by. */
    async function abandoned(left = ENDED) {
      const { person, tokens } = await inUse.loggedIn(client);
      const asking = await logIn(client, person);
      await inUse.running.database.query(left, [claimsOf(tokens.access).sid]);
      return { person, tokens, asking, ...claimsOf(tokens.access) };
    }

    it('the end of one session', async () => {
      const { tokens, asking, sid } = await abandoned();
      expect((await client.endSession(asking.access, sid)).status).toBe(204);
      await expectTold(tokens);
      await expectRefused(tokens);
    });

    it('the end of all sessions', async () => {
      const { tokens, asking, uid } = await abandoned();
      expect((await client.endSessions(asking.access, uid)).status).toBe(204);
      await expectTold(tokens);
      await expectRefused(tokens);
    });

    it('a block', async () => {
      const { tokens } = await abandoned();
      await administration(tokens).block();
      await expectTold(tokens);
      await expectRefused(tokens);
    });

    it.each([
      ['role', MADE_ADMIN, (tokens: Tokens) => administration(tokens).setRole('ADMIN')],
      ['username', RENAMED, (tokens: Tokens) => administration(tokens).rename('renamed')],
    ])('a changed %s', async (_what, left, act) => {
      const { tokens } = await abandoned(left);
      await act(tokens);
      await expectTold(tokens, '2@0');
      await expectRefused(tokens);
    });

    it('a changed role, of a session that ended so too', async () => {
      const { tokens } = await abandoned(MADE_ADMIN);
      await inUse.running.database.query(ENDED, [claimsOf(tokens.access).sid]);
      await administration(tokens).setRole('ADMIN');
      await expectTold(tokens);
    });

    it('a new role, of a session that ended so before', async () => {
      const { tokens } = await abandoned();
      await administration(tokens).setRole('ADMIN');
      await expectTold(tokens);
    });

    it('a changed role, where a refresh has replaced the access token since', async () => {
      const { tokens } = await abandoned(MADE_ADMIN);
      await inUse.running.database.query(REPLACED, [claimsOf(tokens.access).sid]);
      await administration(tokens).setRole('ADMIN');
      // What holds at once of 3@T, which itself is nobody's promise before T.
      expect(await copied(tokens)).toBe('2@0');
      await expectRefused(tokens);
    });

    it('the end of one session, and of all, that waited for that call', async () => {
      for (const act of ['endSession', 'endSessions'] as const) {
        const { person, tokens } = await inUse.loggedIn(client);
        const asking = await logIn(client, person);
        const { sid, uid } = claimsOf(tokens.access);
        const dying = await holdLock(inUse.running.database, ENDED, [sid]);
        const ending =
          act === 'endSession'
            ? client.endSession(asking.access, sid)
            : client.endSessions(asking.access, uid);
        await dying.untilWaiting(1);
        await dying.release();
        expect((await ending).status).toBe(204);
        await expectTold(tokens);
        await expectRefused(tokens);
      }
    });

    it('but what is published is not told again', async () => {
      const { tokens, asking, sid, uid } = await abandoned();
      await client.endSession(asking.access, sid);
      await redis.command('HDEL', 'deny', sid);
      await client.endSession(asking.access, sid);
      await client.endSessions(asking.access, uid);
      await administration(tokens).setRole('ADMIN');
      await administration(tokens).setRole('ADMIN');
      expect(await copied(tokens)).toBe('null');
    });
  });
});
