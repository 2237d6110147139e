import { SteeredNodeClock } from '../../../../test/support/steered-node-clock.js';
import { isLive, LEASE_MS, WAIT_MS } from './lease.js';

const leaseOf = (clock: SteeredNodeClock) => ({
  start: clock.monotonic(),
  wallStart: clock.wall(),
  redisId: null,
  epoch: '0',
  unpublished: new Map(),
});

describe('a lease', () => {
  let clock: SteeredNodeClock;
  beforeEach(() => {
    clock = new SteeredNodeClock();
  });

  it('is live for 3 s, up to that moment and not at it', async () => {
    const lease = leaseOf(clock);
    expect(isLive(lease, clock)).toBe(true);
    await clock.advance(2_999);
    expect(isLive(lease, clock)).toBe(true);
    await clock.advance(1);
    expect(isLive(lease, clock)).toBe(false);
  });

  it('is shorter than the wait, by more than clocks may part', () => {
    expect(LEASE_MS).toBe(3_000);
    expect(WAIT_MS).toBe(3_500);
  });

  it.each([
    [250, true],
    [251, false],
    [-250, true],
    [-251, false],
    [3_600_000, false],
    [-3_600_000, false],
  ])('whose clocks have parted by %d ms: live is %s', (ms, live) => {
    const lease = leaseOf(clock);
    clock.jumpWall(ms);
    expect(isLive(lease, clock)).toBe(live);
  });

  it('is not live before it began', async () => {
    await clock.advance(10);
    const lease = leaseOf(clock);
    await clock.advance(-5);
    expect(isLive(lease, clock)).toBe(false);
  });
});
