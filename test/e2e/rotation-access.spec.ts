import {
  accessClaims,
  accessOutcome,
  openSession,
  originOf,
  outcomeOf,
  refresh,
  stateOf,
} from '../support/core.js';
import { type Service, startService } from '../support/start-service.js';

const HOUR = 3_600_000;
const GRACE = 60_000;

/** Sessions that are refreshed by the access token itself (contract `channel`): what becomes of the replaced ones. */
describe('a session that refreshes by its access token', () => {
  const origin = originOf('access');
  let service: Service;

  beforeAll(async () => {
    service = await startService({ env: { REFRESH_REUSE_GRACE: '60s', ACCESS_TOKEN_TTL: '1h' } });
  });
  afterAll(() => service.stop());

  const outcomes = (...grants: Parameters<typeof accessOutcome>[1][]) =>
    Promise.all(grants.map((grant) => accessOutcome(service, grant)));

  it('gives a new access token for the old one alone, and no refresh token', async () => {
    const first = await openSession(service, origin);
    const second = await refresh(service, first, origin);
    expect(first.refreshToken).toBe('');
    expect(second.refreshToken).toBe('');
    expect(accessClaims(second)).toMatchObject({
      gen: 2,
      sid: accessClaims(first).sid,
      uid: accessClaims(first).uid,
    });
    expect(accessClaims(second).jti).not.toBe(accessClaims(first).jti);
    expect(await outcomes(second)).toEqual(['accepted']);
  });

  it('the old one is accepted until the grace interval is over, and refused after it', async () => {
    const first = await openSession(service, origin);
    const second = await refresh(service, first, origin);
    const { revocation, rotated_at: rotatedAt } = await stateOf(service, accessClaims(first).sid);
    expect(revocation).toBe(`2@${rotatedAt!.getTime() + GRACE}`);

    service.clock.advance(GRACE / 2);
    expect(await outcomes(first, second)).toEqual(['accepted', 'accepted']);
    service.clock.advance(GRACE / 2);
    expect(await outcomes(first, second)).toEqual(['access_token_revoked', 'accepted']);
  });

  it('its grandparent is refused at once, its parent still accepted', async () => {
    const first = await openSession(service, origin);
    const second = await refresh(service, first, origin);
    const third = await refresh(service, second, origin);
    expect(await outcomes(first, second, third)).toEqual(['access_token_revoked', 'accepted', 'accepted']);
    service.clock.advance(GRACE);
    expect(await outcomes(first, second, third)).toEqual([
      'access_token_revoked',
      'access_token_revoked',
      'accepted',
    ]);
  });

  it('the old one presented again in time gives the same successor, and later ends the session', async () => {
    const first = await openSession(service, origin);
    const second = await refresh(service, first, origin);
    service.clock.advance(GRACE / 2);
    const again = await refresh(service, first, origin);
    expect(accessClaims(again)).toMatchObject({ gen: 2, jti: accessClaims(second).jti });

    service.clock.advance(GRACE);
    expect(await outcomeOf(refresh(service, first, origin))).toBe('refresh_token_invalid');
    expect(await stateOf(service, accessClaims(first).sid)).toMatchObject({
      end_reason: 'refresh_token_reused',
      revocation: '*',
    });
    expect(await outcomes(first, second, again)).toEqual(Array(3).fill('access_token_revoked'));
    expect(await outcomeOf(refresh(service, second, origin))).toBe('access_token_revoked');
  });

  it('an expired one still refreshes, as long as the session has not gone without a refresh for too long', async () => {
    const first = await openSession(service, origin);
    service.clock.advance(29 * 24 * HOUR);
    expect(await outcomes(first)).toEqual(['access_token_expired']);
    const second = await refresh(service, first, origin);
    expect(await outcomes(second)).toEqual(['accepted']);
    service.clock.advance(30 * 24 * HOUR);
    expect(await outcomeOf(refresh(service, second, origin))).toBe('refresh_token_invalid');
  });

  it('the revocation outlives every access token that it refuses', async () => {
    const first = await openSession(service, origin);
    const second = await refresh(service, first, origin);
    const [row] = await service.database.query<{ keep: Date }>(
      'SELECT keep_until AS keep FROM revocations WHERE sid = $1',
      [accessClaims(second).sid],
    );
    expect(row?.keep.getTime()).toBeGreaterThan(second.access.expiresAt.getTime());
  });

  it('in the other formats a rotation leaves the old access token as it is', async () => {
    for (const other of [originOf('jwt'), originOf('uuid')]) {
      const first = await openSession(service, other);
      const second = await refresh(service, first, other);
      service.clock.advance(GRACE + 1);
      expect(await outcomes(first, second)).toEqual(['accepted', 'accepted']);
    }
  });
});

describe('a refresh by two tokens', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it.each(['jwt', 'uuid'] as const)(
    '%s: both must be of one session, else neither session changes',
    async (format) => {
      const origin = originOf(format);
      const [mine, theirs] = [await openSession(service, origin), await openSession(service, origin)];
      const before = await Promise.all(
        [mine, theirs].map((grant) => stateOf(service, accessClaims(grant).sid)),
      );
      const mixed = { ...mine, refreshToken: theirs.refreshToken };
      expect(await outcomeOf(refresh(service, mixed, origin))).toBe('refresh_token_invalid');
      expect(
        await Promise.all([mine, theirs].map((grant) => stateOf(service, accessClaims(grant).sid))),
      ).toEqual(before);
      for (const grant of [mine, theirs])
        expect(accessClaims(await refresh(service, grant, origin)).gen).toBe(2);
    },
  );

  it.each(['', 'not a uuid', 'B736AE4A-BD7E-4FCF-9AF9-FAB045639AA1', '%'])(
    'a UUID spelled %j is refused',
    async (text) => {
      const origin = originOf('uuid');
      const grant = await openSession(service, origin);
      const before = await stateOf(service, accessClaims(grant).sid);
      expect(await outcomeOf(refresh(service, { ...grant, refreshToken: text }, origin))).toBe(
        'refresh_token_invalid',
      );
      expect(await stateOf(service, accessClaims(grant).sid)).toEqual(before);
    },
  );

  it("a UUID is its session's secret in one spelling alone", async () => {
    const origin = originOf('uuid');
    const grant = await openSession(service, origin);
    const spelled = { ...grant, refreshToken: grant.refreshToken.toUpperCase() };
    expect(await outcomeOf(refresh(service, spelled, origin))).toBe('refresh_token_invalid');
    expect(grant.refreshToken).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect((await refresh(service, grant, origin)).refreshToken).toMatch(/^[0-9a-f-]{14}4[0-9a-f-]{21}$/);
  });
});
