import type { Runner } from '@gatehouse/database';
import { DenylistBench, isSettled, session } from '../../../test/support/denylist-bench.js';
import { WAIT_MS } from './denylist/lease.js';
import type { Denylist } from './denylist/denylist.service.js';
import { type RevokedRow, Revocations } from './revocations.service.js';

const SID = session();

describe('acknowledging a revocation', () => {
  let bench: DenylistBench;
  let revocations: Revocations;
  const rowOf = (kind: 'end' | 'outdate' = 'end'): RevokedRow => {
    const { sid, value, keepUntil } = bench.commit(SID, kind === 'end' ? { kind } : { kind, from: 0 });
    return { sid, value, keep_until: new Date(keepUntil), published: bench.isPublished(SID) === true };
  };

  beforeEach(async () => {
    bench = await DenylistBench.trusting();
    revocations = new Revocations(bench.node as unknown as Denylist, bench.clock);
  });

  it('tells the denylist, and a retry of what is published costs nothing', async () => {
    await revocations.acknowledge(bench, [rowOf()]);
    expect(bench.isPublished(SID)).toBe(true);
    bench.done.length = 0;
    bench.redisIsSilent = true;
    await revocations.acknowledge(bench, [rowOf()]);
    expect(bench.done).toEqual([]);
  });

  it('is retried like the first time where it is not published', async () => {
    bench.redisIsSilent = true;
    const first = revocations.acknowledge(bench, [rowOf()]);
    expect(await isSettled(first)).toBe(false);
    await bench.nodeClock.advance(1_000);
    const retried = revocations.acknowledge(bench, [rowOf()]);
    await bench.nodeClock.advance(WAIT_MS - 1_000);
    expect(await isSettled(first)).toBe(true);
    expect(await isSettled(retried)).toBe(false);
    await bench.nodeClock.advance(1_000);
    expect(await isSettled(retried)).toBe(true);
  });

  it('is retried quickly where Redis answers again', async () => {
    bench.redisIsSilent = true;
    void revocations.acknowledge(bench, [rowOf()]);
    bench.redisIsSilent = false;
    await bench.tick();
    await revocations.acknowledge(bench, [rowOf()]);
    expect(bench.isPublished(SID)).toBe(true);
  });

  it('begins when the transaction has committed, and not where there is nothing to tell', async () => {
    const left: (() => Promise<void>)[] = [];
    const transaction: Runner = {
      run: () => Promise.resolve([]),
      afterCommit: (work) => Promise.resolve(void left.push(work)),
    };
    await revocations.acknowledge(transaction, []);
    await revocations.acknowledge(transaction, [{ ...rowOf(), published: true }]);
    expect(left).toHaveLength(0);
    await revocations.acknowledge(transaction, [rowOf()]);
    expect(bench.done).toEqual([]);
    await left[0]?.();
    expect(bench.done).toEqual(['EVAL', 'mark-published']);
  });
});
