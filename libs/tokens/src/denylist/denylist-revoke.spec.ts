import { DenylistBench, isSettled, session } from '../../../../test/support/denylist-bench.js';
import { settled } from '../../../../test/support/steered-node-clock.js';
import { WAIT_MS } from './lease.js';
import { MARKER } from './scripts.js';

const SID = session();
const OTHER_ID = 'f'.repeat(40);

/** Acknowledged when W has gone by, and not a moment earlier. */
async function expectToWait(bench: DenylistBench, revoked: Promise<void>): Promise<void> {
  expect(await isSettled(revoked)).toBe(false);
  await bench.nodeClock.advance(WAIT_MS - 1);
  expect(await isSettled(revoked)).toBe(false);
  await bench.nodeClock.advance(1);
  expect(await isSettled(revoked)).toBe(true);
  await revoked;
}

describe('Revoke', () => {
  let bench: DenylistBench;
  beforeEach(async () => {
    bench = await DenylistBench.trusting();
  });

  it('writes to the trusted server, then notes that it is published, and waits for nothing', async () => {
    const entry = bench.commit(SID);
    await bench.node.revoke([entry]);
    expect(bench.done).toEqual(['EVAL', 'mark-published']);
    expect(bench.server.hash.get(SID)).toBe(`*;${entry.keepUntil}`);
    expect(bench.isPublished(SID)).toBe(true);
    expect(bench.nodeClock.waiting).toBe(0);
  });

  it('leaves unpublished what has changed since', async () => {
    const entry = bench.commit(SID, { kind: 'outdate', from: 0 });
    bench.commit(SID);
    await bench.node.revoke([entry]);
    expect(bench.isPublished(SID)).toBe(false);
  });

  describe('waits W from the commit’s return', () => {
    it('where the lease has run out', async () => {
      await bench.nodeClock.advance(3_000);
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
      expect(bench.done).not.toContain('EVAL');
    });

    it('where the lease that was live before the commit is not live after it', async () => {
      const entry = bench.commit(SID);
      expect(bench.node.liveLease).toBeDefined();
      await bench.nodeClock.advance(3_000);
      await expectToWait(bench, bench.node.revoke([entry]));
      expect(bench.isPublished(SID)).toBe(false);
    });

    it('where Redis does not answer', async () => {
      bench.redisIsSilent = true;
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
      expect(bench.isPublished(SID)).toBe(false);
      expect(bench.postgres.redisId).toBe(bench.server.replid);
    });

    it('where Redis did not answer just before', async () => {
      bench.redisIsSilent = true;
      await bench.ask(SID);
      bench.redisIsSilent = false;
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
    });

    it('where the server is full', async () => {
      bench.server.full = true;
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
    });

    it('where the server was full just before', async () => {
      bench.server.full = true;
      void bench.node.revoke([bench.commit(session(2))]);
      await settled();
      bench.server.full = false;
      bench.done.length = 0;
      const revoked = bench.node.revoke([bench.commit(SID)]);
      await settled();
      expect(bench.done).not.toContain('EVAL');
      await expectToWait(bench, revoked);
    });

    it('where the server is another one, which it does not take for the trusted', async () => {
      bench.server.newReplid();
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
      expect(bench.isPublished(SID)).toBe(false);
      expect(bench.postgres.redisId).toBeNull();
    });

    it('and no longer, where PostgreSQL hangs after the copy was written', async () => {
      bench.holds('mark-published');
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
    });

    it('and no longer, where Redis hangs', async () => {
      bench.holds('reply to EVAL');
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
    });

    it('where PostgreSQL fails after the copy was written', async () => {
      bench.fails('mark-published');
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
      expect(bench.reported).toEqual(['revoke: Error: mark-published fails']);
    });

    it('where one of several entries is urgent', async () => {
      bench.redisIsSilent = true;
      const later = bench.commit(session(2), { kind: 'outdate', from: bench.clock.now() + 60_000 });
      await expectToWait(bench, bench.node.revoke([later, bench.commit(SID)]));
    });
  });

  it('is acknowledged where the copy was lost but the server is the trusted one: nobody reads it any more', async () => {
    bench.server.hash.delete(MARKER);
    await bench.node.revoke([bench.commit(SID)]);
    expect(bench.isPublished(SID)).toBe(true);
    await settled();
    expect(bench.postgres.redisId).toBeNull();
  });

  describe('of what does not hold yet', () => {
    it('waits for nothing where every node will know by then', async () => {
      bench.redisIsSilent = true;
      const from = bench.clock.now() + WAIT_MS;
      await bench.node.revoke([bench.commit(SID, { kind: 'outdate', from })]);
      expect(bench.isPublished(SID)).toBe(false);
    });

    it('waits where some may not', async () => {
      bench.redisIsSilent = true;
      const from = bench.clock.now() + WAIT_MS - 1;
      await expectToWait(bench, bench.node.revoke([bench.commit(SID, { kind: 'outdate', from })]));
    });
  });

  describe('where nobody trusts a server', () => {
    const untrusting = async (seenFor: number): Promise<DenylistBench> => {
      await bench.truth.distrust(bench.server.replid);
      await bench.nodeClock.advance(1);
      await bench.look();
      await bench.nodeClock.advance(seenFor);
      return bench;
    };

    it('waits for nothing when none ever was trusted', async () => {
      const first = new DenylistBench();
      await first.node.revoke([first.commit(SID)]);
      expect(first.nodeClock.waiting).toBe(0);
      const without = new DenylistBench({ redis: false });
      await without.node.revoke([without.commit(SID)]);
      expect(without.nodeClock.waiting).toBe(0);
    });

    it('waits for nothing when this node has known so for W before the commit', async () => {
      await untrusting(WAIT_MS);
      await bench.node.revoke([bench.commit(SID)]);
      expect(bench.isPublished(SID)).toBe(false);
    });

    it('counts from the answer of the look, not from its beginning', async () => {
      await bench.truth.distrust(bench.server.replid);
      const answer = bench.holds('look');
      await bench.nodeClock.advance(1);
      const look = bench.look();
      await bench.nodeClock.advance(2_000);
      await answer();
      await look;
      await bench.nodeClock.advance(WAIT_MS - 1);
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
    });

    it('waits when it has known so for less', async () => {
      await untrusting(WAIT_MS - 1);
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
    });

    it('waits when it has not seen so at all', async () => {
      await bench.nodeClock.advance(60_000);
      await bench.truth.distrust(bench.server.replid);
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
    });

    it('waits when one was trusted in between, unseen', async () => {
      await untrusting(WAIT_MS);
      await bench.truth.trust(OTHER_ID, '2');
      await bench.truth.distrust(OTHER_ID);
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
    });

    it('waits when one is trusted again, unseen: it reads that after the commit', async () => {
      await untrusting(WAIT_MS);
      const read = bench.holds('trusted');
      const revoked = bench.node.revoke([bench.commit(SID)]);
      await bench.truth.trust(OTHER_ID, '2');
      await read();
      await expectToWait(bench, revoked);
    });

    it('waits when PostgreSQL does not say', async () => {
      await untrusting(WAIT_MS);
      bench.fails('trusted');
      await expectToWait(bench, bench.node.revoke([bench.commit(SID)]));
    });
  });
});
