import { DenylistBench, session } from '../../../../test/support/denylist-bench.js';
import { settled } from '../../../../test/support/steered-node-clock.js';

const SID = session();

describe('Publish', () => {
  let bench: DenylistBench;
  beforeEach(async () => {
    bench = await DenylistBench.trusting();
  });

  it('writes what two looks have seen, and notes that it is published', async () => {
    const entry = bench.commit(SID);
    await bench.tick();
    expect(bench.isPublished(SID)).toBe(false);
    expect(bench.server.hash.has(SID)).toBe(false);
    await bench.tick();
    expect(bench.server.hash.get(SID)).toBe(`*;${entry.keepUntil}`);
    expect(bench.isPublished(SID)).toBe(true);
    expect(bench.reported).toEqual(['published 1']);
  });

  it('looks at each value anew', async () => {
    bench.commit(SID, { kind: 'outdate', from: 0 });
    await bench.tick();
    bench.commit(SID);
    await bench.tick();
    expect(bench.isPublished(SID)).toBe(false);
    await bench.tick();
    expect(bench.isPublished(SID)).toBe(true);
  });

  it('leaves unpublished what changed after the look', async () => {
    bench.commit(SID, { kind: 'outdate', from: 0 });
    await bench.tick();
    await bench.nodeClock.advance(1);
    const lease = await bench.look();
    bench.commit(SID);
    await bench.node.publish(lease);
    expect(bench.isPublished(SID)).toBe(false);
    await bench.tick();
    await bench.tick();
    expect(bench.server.hash.get(SID)).toMatch(/^\*;/);
  });

  it('never takes another server for the trusted one', async () => {
    bench.commit(SID);
    await bench.tick();
    await bench.nodeClock.advance(1);
    const lease = await bench.look();
    bench.server.newReplid();
    await bench.node.publish(lease);
    await settled();
    expect(bench.isPublished(SID)).toBe(false);
    expect(bench.reported).toEqual(['distrusted: it was restarted or replaced by another server']);
  });

  it('needs no live lease', async () => {
    bench.commit(SID);
    await bench.tick();
    await bench.nodeClock.advance(1);
    const lease = await bench.look();
    await bench.nodeClock.advance(60_000);
    await bench.node.publish(lease);
    expect(bench.isPublished(SID)).toBe(true);
  });

  it('does nothing where Redis does not answer, no server is trusted, or nothing is left', async () => {
    bench.commit(SID);
    await bench.tick();
    bench.redisIsSilent = true;
    await bench.tick();
    expect(bench.isPublished(SID)).toBe(false);
    bench.redisIsSilent = false;
    await bench.truth.distrust(bench.server.replid);
    await bench.nodeClock.advance(1);
    await bench.node.publish(await bench.look());
    expect(bench.isPublished(SID)).toBe(false);
    const idle = await DenylistBench.trusting();
    await idle.tick();
    await idle.tick();
    expect(idle.reported).toEqual([]);
    expect(idle.done).not.toContain('mark-published');
  });

  it('writes many in batches of 500', async () => {
    for (let i = 1; i <= 1_001; i++) bench.commit(session(i));
    await bench.tick();
    bench.done.length = 0;
    await bench.tick();
    expect(bench.done.filter((name) => name === 'EVAL')).toHaveLength(3);
    expect(bench.done.filter((name) => name === 'mark-published')).toHaveLength(3);
    expect(bench.postgres.unpublished).toBe(0);
    expect(bench.reported).toEqual(['published 1001']);
  });
});
