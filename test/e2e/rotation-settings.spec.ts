import type { RefreshFormat } from '@gatehouse/tokens';
import {
  accessClaims,
  accessOutcome,
  openSession,
  originOf,
  outcomeOf,
  presentedAfter,
  presentedBy,
  refresh,
  rotate,
  stateOf,
} from '../support/core.js';
import { type Service, startService } from '../support/start-service.js';

const OLD = 'the old secret which is long enough for it';
const NEW = 'the new secret which is long enough as well';
const FORMATS: readonly RefreshFormat[] = ['jwt', 'uuid', 'access'];
const LONG_GRACE = { REFRESH_REUSE_GRACE: '60s' };

describe('SECRET_KEYS rotated under live sessions', () => {
  let before: Service;
  let after: Service;

  beforeAll(async () => {
    before = await startService({ env: { ...LONG_GRACE, SECRET_KEYS: OLD } });
    const { database, clock } = before;
    after = await startService({ database, clock, env: { ...LONG_GRACE, SECRET_KEYS: `${NEW},${OLD}` } });
  });
  afterAll(async () => {
    await after.stop();
    await before.stop();
  });

  it.each(FORMATS)('%s: a retry after it yields the same successor, which refreshes on', async (format) => {
    const origin = originOf(format);
    const first = presentedBy(await openSession(before, origin), format);
    const second = presentedAfter(await rotate(before, first, origin));
    expect(presentedAfter(await rotate(after, first, origin))).toEqual(second);

    const third = presentedAfter(await rotate(after, second, origin));
    expect(presentedAfter(await rotate(after, second, origin))).toEqual(third);
    expect(await stateOf(before, first.sessionId)).toMatchObject({ gen: 3, ended_at: null });
  });

  it.each(FORMATS)('%s: tokens that were signed before it verify and refresh', async (format) => {
    const origin = originOf(format);
    const grant = await openSession(before, origin);
    expect(await accessOutcome(after, grant)).toBe('accepted');
    const next = await refresh(after, grant, origin);
    expect(await accessOutcome(before, next)).toBe('accepted');
    expect(accessClaims(next).gen).toBe(2);
  });

  it('derives other successors than before, which is why the old secret must stay in the list', async () => {
    const origin = originOf('jwt');
    const first = presentedBy(await openSession(before, origin), 'jwt');
    const byOld = presentedAfter(await rotate(before, first, origin));
    await before.database.query(
      'UPDATE sessions SET leaf = parent, parent = NULL, rotated_at = NULL WHERE id = $1',
      [first.sessionId],
    );
    expect(presentedAfter(await rotate(after, first, origin)).secret).not.toEqual(byOld.secret);
  });
});

describe('REQUIRE_VERIFIED_EMAIL at refresh', () => {
  let lax: Service;
  let strict: Service;

  beforeAll(async () => {
    lax = await startService({ env: LONG_GRACE });
    const { database, clock } = lax;
    strict = await startService({ database, clock, env: { ...LONG_GRACE, REQUIRE_VERIFIED_EMAIL: 'true' } });
  });
  afterAll(async () => {
    await strict.stop();
    await lax.stop();
  });

  it.each(FORMATS.flatMap((format) => [true, false].map((rotates) => ({ format, rotates }))))(
    'unverified: $format, rotates $rotates: refused with its own code, the session untouched, and let in once verified',
    async ({ format, rotates }) => {
      const origin = originOf(format, { rotates });
      const grant = await openSession(lax, origin);
      const presented = presentedBy(grant, format);
      const before = await stateOf(lax, presented.sessionId);
      expect(await outcomeOf(rotate(strict, presented, origin))).toBe('email_unverified');
      expect(await stateOf(lax, presented.sessionId)).toEqual(before);

      await lax.database.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [grant.user.id]);
      expect((await rotate(strict, presented, origin)).session.generation).toBe(rotates ? 2 : 1);
    },
  );

  it('a parent within the grace interval is refused alike', async () => {
    const origin = originOf('jwt');
    const first = presentedBy(await openSession(lax, origin), 'jwt');
    await rotate(lax, first, origin);
    const before = await stateOf(lax, first.sessionId);
    expect(await outcomeOf(rotate(strict, first, origin))).toBe('email_unverified');
    expect(await stateOf(lax, first.sessionId)).toEqual(before);
  });

  it('a token that is none says nothing of the account, and a stolen one is still noticed', async () => {
    const origin = originOf('uuid');
    const first = presentedBy(await openSession(lax, origin), 'uuid');
    const madeUp = { ...first, secret: presentedBy(await openSession(lax, origin), 'uuid').secret };
    expect(await outcomeOf(rotate(strict, madeUp, origin))).toBe('refresh_token_invalid');
    const second = presentedAfter(await rotate(lax, first, origin));
    await rotate(lax, second, origin);
    expect(await outcomeOf(rotate(strict, first, origin))).toBe('refresh_token_invalid');
    expect(await stateOf(lax, first.sessionId)).toMatchObject({ end_reason: 'refresh_token_reused' });
  });
});
