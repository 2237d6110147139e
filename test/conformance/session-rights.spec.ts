import { randomUUID } from 'node:crypto';
import { DEVELOPMENT_ADMIN } from '@gatehouse/development';
import { claimsOf } from './support/claims.js';
import { expectRefused, logIn, useService } from './support/use-service.js';
import { offers, whereOffered } from './support/where-offered.js';

const UNKNOWN_USER = 999_999;
/** Larger than any number that JavaScript holds exactly, and than any bigint. */
const IMPOSSIBLE_USERS = ['9007199254740993', '9223372036854775808', '9999999999999999999'];

const service = useService();

describe('sessions and rights', () =>
  whereOffered(service.clients, ['listSessions', 'endSession', 'endSessions'], (client) => {
    const admin = () => logIn(client, DEVELOPMENT_ADMIN);

    it('a USER ends one of their own sessions', async () => {
      const { person, tokens } = await service.loggedIn(client);
      const other = await logIn(client, person);
      expect((await client.endSession(tokens.access, claimsOf(other.access).sid)).status).toBe(204);
      expect((await client.check(other.access)).verdict).toBe('revoked');
      expectRefused(client, await client.refresh(other), 401);
      expect((await client.check(tokens.access)).verdict).toBe('valid');
    });

    it('ending an ended session again is fine, and it stays as it was', async () => {
      const { person, tokens } = await service.loggedIn(client);
      const { sid, uid } = claimsOf((await logIn(client, person)).access);
      const read = async () => (await client.listSessions(tokens.access, uid)).body.data[0];
      await client.endSession(tokens.access, sid);
      const before = await read();
      expect(before).toMatchObject({ id: sid, revoked_at: expect.any(String) });
      service.advance(60_000);
      expect((await client.endSession(tokens.access, sid.toUpperCase())).status).toBe(204);
      expect(await read()).toEqual(before);
    });

    it('a USER ends all of their sessions, this one included', async () => {
      const { person, tokens } = await service.loggedIn(client);
      const others = await Promise.all(service.clients.map((other) => logIn(other, person)));
      expect((await client.endSessions(tokens.access, claimsOf(tokens.access).uid)).status).toBe(204);
      for (const { access } of [tokens, ...others])
        expect((await client.check(access)).verdict).toBe('revoked');
      await logIn(client, person);
    });

    it('a USER ends all of their sessions but this one', async () => {
      const { person, tokens } = await service.loggedIn(client);
      const others = await Promise.all(service.clients.map((other) => logIn(other, person)));
      const { uid } = claimsOf(tokens.access);
      expect((await client.endSessions(tokens.access, uid, { except_current: 'true' })).status).toBe(204);
      for (const { access } of others) expect((await client.check(access)).verdict).toBe('revoked');
      expect((await client.check(tokens.access)).verdict).toBe('valid');
      expect((await client.refresh(tokens)).status).toBe(200);
    });

    it('a wish that cannot be read ends nothing', async () => {
      const { tokens } = await service.loggedIn(client);
      const { uid } = claimsOf(tokens.access);
      for (const wish of ['yes', '', '1', 'TRUE']) {
        expectRefused(client, await client.endSessions(tokens.access, uid, { except_current: wish }), 400);
      }
      expect((await client.check(tokens.access)).verdict).toBe('valid');
    });

    it('a USER is refused the sessions of others, existing or not, by one answer', async () => {
      const { tokens: mine } = await service.loggedIn(client);
      const { tokens: theirs } = await service.loggedIn(client);
      const { uid, sid } = claimsOf(theirs.access);
      for (const user of [uid, UNKNOWN_USER, 0]) {
        expectRefused(client, await client.listSessions(mine.access, user), 403);
        expectRefused(client, await client.endSessions(mine.access, user), 403);
      }
      const existing = await client.endSession(mine.access, sid);
      const unknown = await client.endSession(mine.access, randomUUID());
      expectRefused(client, existing, 403);
      expect([unknown.status, unknown.body]).toEqual([existing.status, existing.body]);
      expect((await client.check(theirs.access)).verdict).toBe('valid');
    });

    it('an ADMIN lists and ends the sessions of others', async () => {
      const { person, tokens } = await service.loggedIn(client);
      const { uid, sid } = claimsOf(tokens.access);
      const { access } = await admin();
      const list = await client.listSessions(access, uid);
      expect(list.sessions).toEqual([
        { id: sid, contract: client.id, channel: null, current: false, ended: false },
      ]);
      expect(list.body.data[0].user_id).toBe(uid);
      expect((await client.endSession(access, sid)).status).toBe(204);
      expect((await client.check(tokens.access)).verdict).toBe('revoked');
      const again = await logIn(client, person);
      expect((await client.endSessions(access, uid, { except_current: 'true' })).status).toBe(204);
      expect((await client.check(again.access)).verdict).toBe('revoked');
      expect((await client.check(access)).verdict).toBe('valid');
    });

    it('an ADMIN is told that an id is unknown', async () => {
      const { access } = await admin();
      for (const user of [UNKNOWN_USER, 0, ...IMPOSSIBLE_USERS]) {
        expectRefused(client, await client.listSessions(access, user), 404);
        expectRefused(client, await client.endSessions(access, user), 404);
      }
      expectRefused(client, await client.endSession(access, randomUUID()), 404);
    });

    it.each(['me', '-1', '1.0', '1e3', '0x1', '%201', '%00', '12345678901234567890', '１'])(
      'a user id that is none is refused: %s',
      async (id) => {
        const { tokens } = await service.loggedIn(client);
        for (const access of [tokens.access, (await admin()).access]) {
          expectRefused(client, await client.listSessions(access, id), 400);
          expectRefused(client, await client.endSessions(access, id), 400);
        }
      },
    );

    it.each(['1', 'current', '00000000-0000-0000-0000-00000000000', '%00', `${randomUUID()}0`])(
      'a session id that is none is refused: %s',
      async (id) => {
        const { tokens } = await service.loggedIn(client);
        expectRefused(client, await client.endSession(tokens.access, id), 400);
        expectRefused(client, await client.endSession((await admin()).access, id), 400);
      },
    );

    it('an ADMIN is shown as one by every contract that shows roles', async () => {
      const { access } = await admin();
      for (const other of service.clients) {
        if (!offers(other, ['identify'])) continue;
        expect((await other.identify(access)).holder.role).toBe('ADMIN');
        const own = await logIn(other, DEVELOPMENT_ADMIN);
        expect((await other.identify(own.access)).holder.role).toBe('ADMIN');
      }
    });
  }));
