import type { RefreshFormat } from '@gatehouse/tokens';
import {
  accessClaims,
  accessOutcome,
  openSession,
  originOf,
  outcomeOf,
  presentedBy,
  refresh,
  rotate,
  stateOf,
} from '../support/core.js';
import { type Service, startService } from '../support/start-service.js';

const DAY = 86_400_000;
const FORMATS: readonly RefreshFormat[] = ['jwt', 'uuid', 'access'];

/** Sessions whose refresh token stays the same (contract `snake`). */
describe.each(FORMATS)('a session of format %s that does not rotate', (format) => {
  const origin = originOf(format, { rotates: false });
  let service: Service;

  beforeAll(async () => {
    service = await startService({ env: { REFRESH_TOKEN_TTL: '30d', SESSION_MAX_AGE: '90d' } });
  });
  afterAll(() => service.stop());

  it('kept: the same token refreshes over and over, and nothing but the idle expiry moves', async () => {
    const grant = await openSession(service, origin);
    const presented = presentedBy(grant, format);
    const before = await stateOf(service, presented.sessionId);
    for (let i = 1; i <= 3; i++) {
      service.clock.advance(20 * DAY);
      const next = await rotate(service, presented, origin);
      expect(next.session).toMatchObject({ generation: 1, rotates: false, secret: presented.secret });
      const after = await stateOf(service, presented.sessionId);
      const moved = { last_seen_at: expect.any(Date), idle_expires_at: expect.any(Date) };
      expect(after).toEqual({ ...before, ...moved });
      expect(after.last_seen_at.getTime()).toBeGreaterThanOrEqual(
        before.last_seen_at.getTime() + i * 20 * DAY,
      );
      const idle = Math.min(after.last_seen_at.getTime() + 30 * DAY, before.expires_at.getTime());
      expect(after.idle_expires_at.getTime()).toBe(idle);
    }
  });

  it('kept: never past the absolute expiry', async () => {
    const grant = await openSession(service, origin);
    const presented = presentedBy(grant, format);
    for (let i = 0; i < 4; i++) {
      service.clock.advance(22 * DAY);
      await rotate(service, presented, origin);
    }
    const state = await stateOf(service, presented.sessionId);
    expect(state.idle_expires_at).toEqual(state.expires_at);
    service.clock.advance(2 * DAY);
    expect(await outcomeOf(rotate(service, presented, origin))).toBe('refresh_token_invalid');
    expect(await stateOf(service, presented.sessionId)).toEqual(state);
  });

  it('expired: past the idle expiry it is refused', async () => {
    const presented = presentedBy(await openSession(service, origin), format);
    service.clock.advance(30 * DAY);
    expect(await outcomeOf(rotate(service, presented, origin))).toBe('refresh_token_invalid');
  });

  it('its first refresh token outlives each idle expiry that a refresh moved', async () => {
    const first = await openSession(service, origin);
    for (let i = 0; i < 4; i++) {
      service.clock.advance(20 * DAY);
      const newest = await refresh(service, first, origin);
      expect(presentedBy(newest, format)).toEqual(presentedBy(first, format));
      expect(accessClaims(newest)).toMatchObject({ gen: 1, sid: accessClaims(first).sid });
      expect(await accessOutcome(service, newest)).toBe('accepted');
    }
    service.clock.advance(10 * DAY);
    expect(await outcomeOf(refresh(service, first, origin))).toBe('refresh_token_invalid');
  });

  it('foreign and ended: refused as everywhere', async () => {
    const presented = presentedBy(await openSession(service, origin), format);
    const elsewhere = originOf(format, { rotates: false, contract: 'elsewhere' });
    const before = await stateOf(service, presented.sessionId);
    expect(await outcomeOf(rotate(service, presented, elsewhere))).toBe('refresh_token_invalid');
    expect(await stateOf(service, presented.sessionId)).toEqual(before);
    await service.database.query(
      `UPDATE sessions SET ended_at = now(), end_reason = 'logged_out' WHERE id = $1`,
      [presented.sessionId],
    );
    expect(await outcomeOf(rotate(service, presented, origin))).toBe('refresh_token_invalid');
  });
});
