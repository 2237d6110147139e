import { DenylistBench, session } from '../../../../test/support/denylist-bench.js';
import { settled } from '../../../../test/support/steered-node-clock.js';
import { contradiction } from './denylist-node.js';
import { MARKER } from './scripts.js';

const SID = session();

describe('Distrust', () => {
  let bench: DenylistBench;
  let trusted: string;
  beforeEach(async () => {
    bench = await DenylistBench.trusting();
    trusted = bench.server.replid;
  });

  const faults: Record<string, () => void> = {
    'has lost its copy': () => bench.server.hash.clear(),
    'has a copy that somebody fills': () => void bench.server.hash.set(MARKER, 'filling:0'),
    'has a copy that was completed for another': () => void bench.server.hash.set(MARKER, 'f'.repeat(40)),
    'has another id': () => bench.server.newReplid(),
    'is a replica': () => (bench.server.role = 'slave'),
  };

  it.each(Object.keys(faults))('where the server %s: PostgreSQL answers, and on all nodes', async (fault) => {
    faults[fault]?.();
    expect((await bench.ask(SID)).source).toBe('postgres');
    await settled();
    expect(bench.postgres.redisId).toBeNull();
    expect(bench.postgres.epoch).toBe(2);
    expect(bench.reported).toEqual([expect.stringMatching('^distrusted: ')]);
  });

  it.each([
    ['READONLY', () => (bench.server.role = 'slave')],
    ['OOM', () => (bench.server.full = true)],
  ])('where it refuses to write: %s', async (reply, refuse) => {
    refuse();
    void bench.node.revoke([bench.commit(SID)]);
    await settled();
    expect(bench.postgres.redisId).toBeNull();
    expect(bench.reported).toEqual([expect.stringMatching(`^distrusted: ${reply} `)]);
  });

  it('not where it does not answer: that is this node’s own problem', async () => {
    bench.redisIsSilent = true;
    await bench.ask(SID);
    await bench.tick();
    expect(bench.postgres.redisId).toBe(trusted);
    expect(bench.reported).toEqual([]);
  });

  it('leaves another server trusted, which was trusted since', async () => {
    await bench.truth.distrust(trusted);
    await bench.truth.trust('f'.repeat(40), '2');
    await bench.node.distrust(trusted, 'a late word');
    expect(bench.postgres.redisId).toBe('f'.repeat(40));
    expect(bench.reported).toEqual([]);
  });

  it('asks PostgreSQL once, however many notice', async () => {
    bench.server.hash.clear();
    const go = bench.holds('distrust');
    await Promise.all(Array.from({ length: 9 }, (_, i) => bench.ask(session(i))));
    await bench.ask(SID);
    await go();
    expect(bench.done.filter((name) => name === 'distrust')).toHaveLength(1);
  });

  it('that fails is tried again by whoever notices next', async () => {
    bench.server.hash.clear();
    bench.fails('distrust');
    await bench.ask(SID);
    await settled();
    expect(bench.reported).toEqual(['distrust: Error: distrust fails']);
    bench.works('distrust');
    await bench.ask(SID);
    await settled();
    expect(bench.postgres.redisId).toBeNull();
  });

  describe('where nobody reaches it', () => {
    it('after a row has been seen unpublished for 10 s', async () => {
      bench.commit(SID);
      bench.redisIsSilent = true;
      await bench.tick();
      await bench.nodeClock.advance(9_999);
      await bench.tick();
      expect(bench.postgres.redisId).toBe(trusted);
      await bench.tick();
      expect(bench.postgres.redisId).toBeNull();
      expect(bench.reported).toEqual(['distrusted: no node has reached it for 10 s']);
    });

    it('by a node without Redis as well', async () => {
      const without = new DenylistBench({ redis: false });
      without.postgres.trusts(trusted);
      without.commit(SID);
      await without.tick();
      await without.nodeClock.advance(10_001);
      await without.tick();
      expect(without.postgres.redisId).toBeNull();
    });

    it('each row for itself, and a new value anew', async () => {
      const without = new DenylistBench({ redis: false });
      without.postgres.trusts(trusted);
      for (let seconds = 0; seconds < 30; seconds += 5) {
        without.commit(SID, { kind: 'outdate', from: 0 });
        const entry = without.commit(session(seconds + 2));
        await without.tick();
        await without.nodeClock.advance(4_999);
        await without.truth.markPublished([entry]);
      }
      expect(without.postgres.redisId).toBe(trusted);
    });

    it('not where it is reached after all, however late', async () => {
      bench.commit(SID);
      await bench.tick();
      await bench.nodeClock.advance(60_000);
      await bench.tick();
      expect(bench.isPublished(SID)).toBe(true);
      expect(bench.postgres.redisId).toBe(trusted);
    });
  });
});

describe('contradiction', () => {
  const ID = 'a'.repeat(40);
  const right = { ok: true as const, identity: ID, result: { marker: ID } };

  it.each([
    ['what was meant', right, false],
    ['a time-out', { ok: false as const, why: 'unreachable' as const, detail: '' }, false],
    ['a refusal', { ok: false as const, why: 'refused' as const, detail: 'OOM' }, true],
    ['no master', { ...right, identity: undefined }, true],
    ['another server', { ...right, identity: 'b'.repeat(40) }, true],
    ['no marker', { ...right, result: { marker: undefined } }, true],
    ['another marker', { ...right, result: { marker: 'b'.repeat(40) } }, true],
  ])('of %s: %s', (_, batch, contradicts) => {
    expect(contradiction(batch, ID) !== undefined).toBe(contradicts);
  });
});
