import { DenylistBench, session } from '../../../../test/support/denylist-bench.js';
import { settled } from '../../../../test/support/steered-node-clock.js';
import { WAIT_MS } from './lease.js';
import { MARKER } from './scripts.js';

const SOMEBODY = {};
/** More than the wait of a fill, in looks. */
const LOOKS = 8;

describe('Upkeep', () => {
  let bench: DenylistBench;
  const seconds = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      await bench.nodeClock.advance(999);
      await bench.tick();
    }
  };
  const times = (name: string): number => bench.done.filter((one) => one === name).length;

  describe('of a node that starts first', () => {
    beforeEach(() => {
      bench = new DenylistBench();
    });

    it('fills at the first look, and asks Redis from the second on', async () => {
      await bench.tick();
      expect(bench.postgres.redisId).toBe(bench.server.replid);
      await bench.tick();
      expect((await bench.ask(session())).source).toBe('redis');
    });

    it('tries a fill that failed again, after 1, 2, 4, 8 and then always 8 looks that it lets pass', async () => {
      bench.server.full = true;
      const tried: number[] = [];
      bench.fails('sweep');
      for (let look = 1; look <= 40; look++) {
        const before = times('HSET');
        await bench.tick();
        if (times('HSET') > before) tried.push(look);
      }
      expect(tried).toEqual([1, 3, 6, 11, 20, 29, 38]);
      bench.server.full = false;
      for (let look = 41; look <= 47; look++) await bench.tick();
      expect(bench.postgres.redisId).toBe(bench.server.replid);
    });

    it('begins small again after a fill that succeeded', async () => {
      bench.server.full = true;
      for (let i = 0; i < 10; i++) await bench.tick();
      bench.server.full = false;
      await seconds(10);
      expect(bench.postgres.redisId).toBe(bench.server.replid);
      await bench.truth.distrust(bench.server.replid);
      bench.server.full = true;
      await seconds(5);
      bench.server.full = false;
      await seconds(2);
      expect(bench.postgres.redisId).toBe(bench.server.replid);
    });

    it('lets another node fill that has the lock, for 15 looks', async () => {
      bench.postgres.lock = SOMEBODY;
      for (let i = 0; i < 14; i++) await bench.tick();
      expect(times('HSET')).toBe(0);
      await bench.tick();
      expect(bench.postgres.redisId).toBe(bench.server.replid);
      expect(bench.postgres.lock).toBe(SOMEBODY);
    });

    it('gives the lock back, whatever became of the fill', async () => {
      bench.fails('live-page');
      await bench.tick();
      expect(bench.postgres.lock).toBeUndefined();
      expect(bench.reported).toEqual(['upkeep: Error: live-page fails']);
      bench.works('live-page');
      await bench.tick();
      await bench.tick();
      expect(bench.postgres.redisId).toBe(bench.server.replid);
      expect(bench.postgres.lock).toBeUndefined();
    });

    it('fills one at a time', async () => {
      const page = bench.holds('live-page');
      await seconds(5);
      expect(times('HSET')).toBe(1);
      await page();
      expect(bench.postgres.redisId).toBe(bench.server.replid);
    });

    it('does not fill what may evict, and says so at each probe', async () => {
      bench.server.policy = 'allkeys-lru';
      await seconds(LOOKS);
      expect(bench.postgres.redisId).toBeNull();
      expect(bench.server.hash.size).toBe(0);
      expect(bench.upkeep.evicting).toBe(true);
      expect(bench.policies.at(-1)).toEqual(['allkeys-lru', false]);
      bench.server.policy = 'noeviction';
      await seconds(1);
      expect(bench.postgres.redisId).toBe(bench.server.replid);
      expect(bench.upkeep.evicting).toBe(false);
      expect(bench.policies.at(-1)).toEqual(['noeviction', true]);
    });

    it('does nothing about Redis where there is none', async () => {
      bench = new DenylistBench({ redis: false });
      await seconds(LOOKS);
      expect(bench.reported).toEqual([]);
      expect(new Set(bench.done)).toEqual(new Set(['look', 'sweep']));
    });
  });

  describe('of a node that trusts a server', () => {
    beforeEach(async () => {
      bench = await DenylistBench.trusting();
    });

    it.each([
      ['emptied', () => bench.server.hash.clear()],
      ['demoted', () => (bench.server.role = 'slave')],
      ['given another id', () => bench.server.newReplid()],
      ['set to evict', () => (bench.server.policy = 'volatile-ttl')],
    ])('notices by itself when it is %s', async (_, happens) => {
      happens();
      await bench.tick();
      expect(bench.postgres.redisId).toBeNull();
    });

    it.each([
      ['emptied', () => bench.server.hash.clear()],
      ['given another id', () => bench.server.newReplid()],
    ])('and fills it again W later when it is %s', async (_, happens) => {
      bench.commit(session());
      happens();
      await bench.tick();
      await bench.tick();
      await bench.nodeClock.advance(WAIT_MS - 1);
      expect(bench.postgres.redisId).toBeNull();
      await bench.nodeClock.advance(1);
      expect(bench.postgres.redisId).toBe(bench.server.replid);
      expect(bench.server.hash.get(MARKER)).toBe(bench.server.replid);
      expect(bench.server.hash.has(session())).toBe(true);
    });

    it('gives up its connection to a server that was demoted, and goes where the address leads', async () => {
      bench.server.role = 'slave';
      bench.server = new DenylistBench().server;
      await seconds(LOOKS);
      expect(bench.postgres.redisId).toBe(bench.server.replid);
      expect(bench.connections).toBeGreaterThan(1);
    });

    it('keeps its connection as long as it leads to the trusted server', async () => {
      const { connections } = bench;
      await seconds(LOOKS);
      expect(bench.connections).toBe(connections);
    });

    it('comes back to Redis by itself after it did not answer', async () => {
      bench.redisIsSilent = true;
      await seconds(3);
      expect((await bench.ask(session())).source).toBe('postgres');
      bench.redisIsSilent = false;
      await seconds(1);
      expect((await bench.ask(session())).source).toBe('redis');
      expect(bench.postgres.epoch).toBe(1);
    });

    it('does one thing after another: a look during a run adds none', async () => {
      const probed = bench.holds('HGET');
      const lease = await bench.look();
      for (let i = 0; i < 5; i++) bench.upkeep.run(lease);
      await settled();
      await probed();
      expect(times('HGET')).toBe(1);
    });

    it('reports what fails, and goes on at the next look', async () => {
      bench.commit(session());
      await bench.tick();
      bench.fails('mark-published');
      await bench.tick();
      expect(bench.reported).toEqual(['upkeep: Error: mark-published fails']);
      bench.works('mark-published');
      await bench.tick();
      expect(bench.isPublished(session())).toBe(true);
    });

    it('sweeps once a minute: the rows, and the fields whose time was over five minutes ago', async () => {
      const { hash } = bench.server;
      const ends = (before: number): string => `*;${bench.clock.now() - before}`;
      hash.set(session(1), ends(300_001));
      hash.set(session(2), ends(299_000));
      await bench.tick();
      expect(times('sweep')).toBe(1);
      expect([...hash.keys()]).toEqual([MARKER, session(2)]);
      await seconds(59);
      expect(times('sweep')).toBe(1);
      await seconds(2);
      expect(times('sweep')).toBe(2);
      expect([...hash.keys()]).toEqual([MARKER]);
    });
  });

  it('stops in the middle of the wait of a fill', async () => {
    bench = await DenylistBench.trusting();
    await bench.truth.distrust(bench.server.replid);
    await bench.tick();
    expect(bench.nodeClock.waiting).toBe(1);
    await bench.upkeep.stop();
    expect(bench.nodeClock.waiting).toBe(0);
    expect(bench.postgres.redisId).toBeNull();
    expect(bench.postgres.lock).toBeUndefined();
  });
});
