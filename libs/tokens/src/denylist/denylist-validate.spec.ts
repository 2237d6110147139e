import { DenylistBench, session } from '../../../../test/support/denylist-bench.js';
import { settled } from '../../../../test/support/steered-node-clock.js';

const SID = session();

describe('Look', () => {
  let bench: DenylistBench;
  beforeEach(async () => {
    bench = await DenylistBench.trusting();
  });

  it('measures the lease from the instant before it asked', async () => {
    const answer = bench.holds('look');
    await bench.nodeClock.advance(500);
    const look = bench.look();
    await bench.nodeClock.advance(2_000);
    await answer();
    await look;
    expect(bench.nodeClock.monotonic() - (bench.node.lease?.start ?? NaN)).toBe(2_000);
    await bench.nodeClock.advance(999);
    expect(bench.node.liveLease).toBeDefined();
    await bench.nodeClock.advance(1);
    expect(bench.node.liveLease).toBeUndefined();
  });

  it('that began earlier never replaces what a later one said', async () => {
    await bench.nodeClock.advance(10);
    const answerFirst = bench.holds('look');
    const first = bench.look();
    await settled();
    bench.works('look');
    await bench.nodeClock.advance(10);
    await bench.truth.distrust(bench.server.replid);
    const second = await bench.look();
    await answerFirst();
    expect(await first).toBe(second);
    expect(bench.node.lease).toBe(second);
    expect(second.redisId).toBeNull();
  });

  it('that fails leaves the lease, which runs out by itself', async () => {
    bench.fails('look');
    await bench.nodeClock.advance(2_999);
    await expect(bench.look()).rejects.toThrow('look fails');
    expect(bench.node.liveLease?.redisId).toBe(bench.server.replid);
    await bench.nodeClock.advance(1);
    expect(bench.node.liveLease).toBeUndefined();
    expect(bench.node.lease).toBeDefined();
  });
});

describe('Validate', () => {
  let bench: DenylistBench;
  beforeEach(async () => {
    bench = await DenylistBench.trusting();
  });

  it('asks the trusted server, once, and nobody else', async () => {
    expect(await bench.ask(SID)).toEqual({ source: 'redis', value: undefined });
    await bench.node.revoke([bench.commit(SID)]);
    bench.done.length = 0;
    expect(await bench.ask(SID)).toEqual({ source: 'redis', value: '*' });
    expect(bench.done).toEqual(['HMGET']);
  });

  it('asks once for all that comes in one turn of the event loop', async () => {
    await bench.node.revoke([bench.commit(session(7))]);
    bench.done.length = 0;
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => bench.ask(session(i))));
    expect(answers.map(({ value }) => value).indexOf('*')).toBe(7);
    expect(bench.done).toEqual(['HMGET']);
  });

  it('never joins a batch that was sent already', async () => {
    const reply = bench.holds('reply to HMGET');
    const before = bench.ask(SID);
    await settled();
    bench.works('reply to HMGET');
    await bench.node.revoke([bench.commit(SID)]);
    expect((await bench.ask(SID)).value).toBe('*');
    await reply();
    expect((await before).value).toBeUndefined();
  });

  it('asks PostgreSQL where the lease has run out', async () => {
    await bench.nodeClock.advance(3_000);
    expect((await bench.ask(SID)).source).toBe('postgres');
    expect(bench.done).toEqual(['postgres']);
  });

  it('asks PostgreSQL where the clocks have moved apart', async () => {
    bench.nodeClock.jumpWall(5_000);
    expect((await bench.ask(SID)).source).toBe('postgres');
    await bench.nodeClock.advance(1);
    await bench.look();
    expect((await bench.ask(SID)).source).toBe('redis');
  });

  it('asks PostgreSQL where no server is trusted, nothing was read yet, or there is no Redis', async () => {
    await bench.truth.distrust(bench.server.replid);
    await bench.nodeClock.advance(1);
    await bench.look();
    expect((await bench.ask(SID)).source).toBe('postgres');
    expect((await new DenylistBench().ask(SID)).source).toBe('postgres');
    const without = new DenylistBench({ redis: false });
    without.postgres.trusts(bench.server.replid);
    await without.look();
    expect((await without.ask(SID)).source).toBe('postgres');
  });

  it('asks PostgreSQL at once after Redis has not answered, until a probe has been', async () => {
    bench.redisIsSilent = true;
    expect((await bench.ask(SID)).source).toBe('postgres');
    bench.redisIsSilent = false;
    bench.done.length = 0;
    expect((await bench.ask(SID)).source).toBe('postgres');
    expect(bench.done).toEqual(['postgres']);
    await bench.copy?.probe();
    expect((await bench.ask(SID)).source).toBe('redis');
  });

  it('asks PostgreSQL at once after Redis has refused something, though they are still connected', async () => {
    bench.server.full = true;
    void bench.node.revoke([bench.commit(session(2))]);
    await settled();
    bench.done.length = 0;
    expect((await bench.ask(SID)).source).toBe('postgres');
    expect(bench.done).toEqual(['postgres']);
  });

  it('fails where neither of the two answers', async () => {
    bench.redisIsSilent = true;
    bench.fails('postgres', new Error('no database'));
    await expect(bench.ask(SID)).rejects.toThrow('no database');
  });

  it('is decided by what was unpublished when the lease was read, too', async () => {
    bench.commit(SID);
    expect((await bench.ask(SID)).value).toBeUndefined();
    await bench.nodeClock.advance(1);
    await bench.look();
    expect(await bench.ask(SID)).toEqual({ source: 'redis', value: '*' });
  });

  it.each([
    ['the field', 1, 0],
    ['the unpublished row', 0, 1],
  ])('takes the later of the two: %s', async (_, published, unpublished) => {
    const values = ['2@0', '3@0'];
    bench.server.hash.set(SID, `${values[published]};${bench.clock.now() + 1_000}`);
    for (let i = 0; i <= unpublished; i++) bench.commit(SID, { kind: 'outdate', from: 0 });
    await bench.nodeClock.advance(1);
    await bench.look();
    expect((await bench.ask(SID)).value).toBe('3@0');
  });

  it('goes by the lease that it captured, whatever is read while Redis is asked', async () => {
    bench.commit(SID);
    await bench.nodeClock.advance(1);
    await bench.look();
    const reply = bench.holds('reply to HMGET');
    const asked = bench.ask(SID);
    await settled();
    // Another node publishes it now: the field comes too late for this question, and the row is no longer unpublished.
    await bench.truth.markPublished([{ sid: SID, value: '*' }]);
    await bench.nodeClock.advance(1);
    expect((await bench.look()).unpublished.size).toBe(0);
    await reply();
    expect((await asked).value).toBe('*');
  });

  it('needs no lease any more when the answer comes', async () => {
    const reply = bench.holds('reply to HMGET');
    const asked = bench.ask(SID);
    await settled();
    await bench.nodeClock.advance(60_000);
    await reply();
    expect((await asked).source).toBe('redis');
  });
});
