import { randomBytes } from 'node:crypto';
import type { ClientId } from '@gatehouse/kernel';
import type { Presented } from '@gatehouse/sessions';
import { decodeRefreshSecret, hashRefreshSecret, type RefreshFormat } from '@gatehouse/tokens';
import {
  openSession,
  originOf,
  outcomeOf,
  presentedAfter,
  presentedBy,
  rotate,
  stateOf,
} from '../support/core.js';
import { type Service, startService } from '../support/start-service.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const INVALID = 'refresh_token_invalid';
const FORMATS: readonly RefreshFormat[] = ['jwt', 'uuid', 'access'];
const hex = (presented: Presented): string => hashRefreshSecret(presented.secret).toString('hex');

/** PROTOCOLS, sessions and refresh: the table of verdicts, row by row, for sessions that rotate. */
describe.each(FORMATS)('the verdict on a rotating session of format %s', (format) => {
  const origin = originOf(format);
  let service: Service;

  beforeAll(async () => {
    service = await startService({
      env: { REFRESH_REUSE_GRACE: '60s', REFRESH_TOKEN_TTL: '30d', SESSION_MAX_AGE: '90d' },
    });
  });
  afterAll(() => service.stop());

  const opened = async () => {
    const grant = await openSession(service, origin);
    return { grant, first: presentedBy(grant, format) };
  };

  /** Presents it and expects a refusal that changes nothing at all. */
  async function expectUntouched(presented: Presented, by = origin, code = INVALID): Promise<void> {
    const before = await stateOf(service, presented.sessionId);
    expect(await outcomeOf(rotate(service, presented, by))).toBe(code);
    expect(await stateOf(service, presented.sessionId)).toEqual(before);
  }

  async function expectEndedAsTheft(presented: Presented): Promise<void> {
    const lines = service.log.length;
    expect(await outcomeOf(rotate(service, presented, origin))).toBe(INVALID);
    expect(await stateOf(service, presented.sessionId)).toMatchObject({
      ended_at: expect.any(Date),
      end_reason: 'refresh_token_reused',
      revocation: '*',
    });
    const logged = service.log.slice(lines).filter((line) => line.includes('refresh_token_reused'));
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0] as string)).toMatchObject({ level: 'warn', session: presented.sessionId });
  }

  it('rotated: the leaf gives a successor, the next generation and a later idle expiry', async () => {
    const { first } = await opened();
    const before = await stateOf(service, first.sessionId);
    service.clock.advance(DAY);
    const rotation = await rotate(service, first, origin);
    const after = await stateOf(service, first.sessionId);

    expect(rotation.session.generation).toBe(2);
    expect(after).toMatchObject({
      gen: 2,
      leaf: hex(presentedAfter(rotation)),
      parent: hex(first),
      ended_at: null,
    });
    expect(after.leaf).not.toBe(before.leaf);
    expect(after.idle_expires_at.getTime() - after.rotated_at!.getTime()).toBe(30 * DAY);
    expect(after.expires_at).toEqual(before.expires_at);
    expect(after.last_seen_at.getTime()).toBeGreaterThanOrEqual(before.last_seen_at.getTime() + DAY);
    // Its replaced access token alone dies, and later than at once: rotation-access.spec.ts.
    expect(after.revocation).toEqual(format === 'access' ? expect.stringMatching(/^2@\d+$/) : null);
  });

  it('foreign: another contract is refused, whatever it presents', async () => {
    const { first } = await opened();
    const elsewhere = originOf(format, { contract: 'elsewhere' });
    await expectUntouched(first, elsewhere);
    const second = presentedAfter(await rotate(service, first, origin));
    service.clock.advance(2 * MINUTE);
    // Through its own contract this would be theft.
    await expectUntouched(first, elsewhere);
    expect((await rotate(service, second, origin)).session.generation).toBe(3);
  });

  it('foreign: another application is refused, and so is none', async () => {
    const rows = await service.database.query<{ id: ClientId }>('SELECT id FROM clients ORDER BY name');
    const [own, another] = rows.map(({ id }) => originOf(format, { clientId: id }));
    const grant = await openSession(service, own!);
    const first = presentedBy(grant, format);
    await expectUntouched(first, another);
    await expectUntouched(first, origin);
    const none = await opened();
    await expectUntouched(none.first, own);
    expect((await rotate(service, first, own!)).session.generation).toBe(2);
  });

  it('foreign: another format is refused', async () => {
    const { first } = await opened();
    for (const other of FORMATS.filter((each) => each !== format)) {
      await expectUntouched(first, originOf(other, { contract: origin.contract }));
    }
  });

  it('ended: an ended session is refused and keeps its reason', async () => {
    const { first } = await opened();
    const second = presentedAfter(await rotate(service, first, origin));
    await service.database.query(
      `UPDATE sessions SET ended_at = now(), end_reason = 'logged_out' WHERE id = $1`,
      [first.sessionId],
    );
    await expectUntouched(second);
    service.clock.advance(2 * MINUTE);
    await expectUntouched(first);
  });

  it('ended: a blocked account is refused, until it is not blocked any more', async () => {
    const { first, grant } = await opened();
    await service.database.query(`UPDATE users SET status = 'BLOCKED' WHERE id = $1`, [grant.user.id]);
    await expectUntouched(first);
    await service.database.query(`UPDATE users SET status = 'ACTIVE' WHERE id = $1`, [grant.user.id]);
    expect((await rotate(service, first, origin)).session.generation).toBe(2);
  });

  it('expired: past the idle expiry even the leaf is refused', async () => {
    const { first } = await opened();
    const second = presentedAfter(await rotate(service, first, origin));
    service.clock.advance(30 * DAY);
    await expectUntouched(second);
    await expectUntouched(first);
  });

  it('expired: refreshes move the idle expiry, never past the absolute one', async () => {
    const { first } = await opened();
    let live = first;
    for (let i = 0; i < 3; i++) {
      service.clock.advance(29 * DAY);
      live = presentedAfter(await rotate(service, live, origin));
    }
    const state = await stateOf(service, first.sessionId);
    expect(state.idle_expires_at).toEqual(state.expires_at);
    service.clock.advance(3 * DAY);
    await expectUntouched(live);
  });

  it('again: within the grace interval the parent gives the same successor', async () => {
    const { first } = await opened();
    const rotation = await rotate(service, first, origin);
    const before = await stateOf(service, first.sessionId);
    service.clock.advance(30_000);
    const again = await rotate(service, first, origin);
    expect(presentedAfter(again)).toEqual(presentedAfter(rotation));
    expect(again.session).toEqual({ ...rotation.session, now: again.session.now });
    expect(again.user).toEqual(rotation.user);
    expect(await stateOf(service, first.sessionId)).toEqual(before);
    expect((await rotate(service, presentedAfter(again), origin)).session.generation).toBe(3);
  });

  it('reused: the parent after the grace interval ends the session', async () => {
    const { first } = await opened();
    const second = presentedAfter(await rotate(service, first, origin));
    service.clock.advance(MINUTE);
    await expectEndedAsTheft(first);
    await expectUntouched(second);
  });

  it('reused: once its successor was used, a token ends the session even within the grace interval', async () => {
    const { first } = await opened();
    const second = presentedAfter(await rotate(service, first, origin));
    const third = presentedAfter(await rotate(service, second, origin));
    await expectEndedAsTheft(first);
    await expectUntouched(third);
  });

  it('reused: the oldest of many is still recognised', async () => {
    const { first } = await opened();
    let live = first;
    for (let i = 0; i < 5; i++) live = presentedAfter(await rotate(service, live, origin));
    expect((await stateOf(service, first.sessionId)).spent).toBe(format === 'uuid' ? 5 : 0);
    await expectEndedAsTheft(first);
  });

  it('50 presentations of the leaf at once rotate it once', async () => {
    const { first } = await opened();
    const rotations = await Promise.all(Array.from({ length: 50 }, () => rotate(service, first, origin)));
    expect(new Set(rotations.map((each) => hex(presentedAfter(each)))).size).toBe(1);
    expect(await stateOf(service, first.sessionId)).toMatchObject({
      gen: 2,
      parent: hex(first),
      ended_at: null,
    });
  });

  it('a session that does not exist is refused', async () => {
    const { first } = await opened();
    const nowhere = { ...first, sessionId: '00000000-0000-4000-8000-000000000000' as Presented['sessionId'] };
    expect(await outcomeOf(rotate(service, nowhere, origin))).toBe(INVALID);
  });

  if (format === 'uuid') {
    it('unknown: a UUID that was never ours changes nothing', async () => {
      const { first } = await opened();
      const madeUp = {
        ...first,
        secret: decodeRefreshSecret('uuid', 'b736ae4a-bd7e-4fcf-9af9-fab045639aa1'),
      };
      await expectUntouched(madeUp);
      expect((await rotate(service, first, origin)).session.generation).toBe(2);
      await expectUntouched(madeUp);
    });

    it("unknown: a spent UUID of another session is none of this one's", async () => {
      const [mine, theirs] = [await opened(), await opened()];
      await rotate(service, theirs.first, origin);
      await expectUntouched({ ...mine.first, secret: theirs.first.secret });
    });
  } else {
    it('reused: a secret that our signature vouches for was ours, however old', async () => {
      const { first } = await opened();
      await expectEndedAsTheft({ ...first, secret: randomBytes(32) });
    });
  }
});
