import { DenylistBench, isSettled, session } from '../../../../test/support/denylist-bench.js';
import { settled } from '../../../../test/support/steered-node-clock.js';
import { type Lease, WAIT_MS } from './lease.js';
import { MARKER } from './scripts.js';

const SID = session();

describe('Fill', () => {
  let bench: DenylistBench;
  beforeEach(async () => {
    bench = new DenylistBench();
    await bench.copy?.probe();
    bench.done.length = 0;
  });

  /** A lease that says that none is trusted, where one was before. */
  const untrusted = async (): Promise<Lease> => {
    bench.postgres.trusts('0'.repeat(40));
    await bench.truth.distrust('0'.repeat(40));
    await bench.nodeClock.advance(1);
    bench.done.length = 0;
    return bench.look();
  };

  it('puts its token, then reads what is revoked, copies it, and only then marks and trusts', async () => {
    for (let i = 1; i <= 7; i++) bench.commit(session(i));
    expect(await bench.node.fill(await bench.look())).toBe(true);
    expect(bench.done).toEqual([
      'look',
      'trusted',
      'HSET',
      ...['live-page', 'EVAL', 'live-page', 'EVAL', 'live-page'],
      'EVAL',
      'trust',
    ]);
    expect(bench.postgres.redisId).toBe(bench.server.replid);
    expect(bench.server.hash.get(MARKER)).toBe(bench.server.replid);
    expect([...bench.server.hash.keys()].filter((field) => field !== MARKER)).toHaveLength(7);
    expect(bench.reported).toEqual(['trusted']);
  });

  it('leaves rows unpublished, which the leases then name', async () => {
    bench.commit(SID);
    await bench.node.fill(await bench.look());
    await bench.nodeClock.advance(1);
    expect([...(await bench.look()).unpublished.keys()]).toEqual([SID]);
  });

  it('waits for nothing where no server has ever been trusted', async () => {
    expect(await isSettled(bench.node.fill(await bench.look()))).toBe(true);
  });

  it('waits W from when it saw that none is trusted, before it touches the server', async () => {
    const lease = await untrusted();
    const filled = bench.node.fill(lease);
    await bench.nodeClock.advance(WAIT_MS - 1);
    expect(bench.done).toEqual(['look']);
    await bench.nodeClock.advance(1);
    expect(await filled).toBe(true);
  });

  it('counts what has gone by of that already', async () => {
    await untrusted();
    await bench.nodeClock.advance(2_000);
    const filled = bench.node.fill(await bench.look());
    await bench.nodeClock.advance(WAIT_MS - 2_000 - 1);
    expect(await isSettled(filled)).toBe(false);
    await bench.nodeClock.advance(1);
    expect(await filled).toBe(true);
  });

  it('counts from the answer of the look that saw it first', async () => {
    bench.postgres.trusts('0'.repeat(40));
    await bench.truth.distrust('0'.repeat(40));
    const answer = bench.holds('look');
    const look = bench.look();
    await bench.nodeClock.advance(1_500);
    await answer();
    const filled = bench.node.fill(await look);
    await bench.nodeClock.advance(WAIT_MS - 1);
    expect(await isSettled(filled)).toBe(false);
    await bench.nodeClock.advance(1);
    expect(await filled).toBe(true);
  });

  it('waits anew for each epoch', async () => {
    await untrusted();
    await bench.nodeClock.advance(60_000);
    await bench.truth.trust('1'.repeat(40), '2');
    await bench.truth.distrust('1'.repeat(40));
    const filled = bench.node.fill(await bench.look());
    await bench.nodeClock.advance(WAIT_MS - 1);
    expect(await isSettled(filled)).toBe(false);
  });

  it('gives up where another epoch has come meanwhile, and leaves the server alone', async () => {
    const lease = await untrusted();
    const filled = bench.node.fill(lease);
    await bench.truth.trust('1'.repeat(40), '2');
    await bench.nodeClock.advance(WAIT_MS);
    expect(await filled).toBe(false);
    expect(bench.server.hash.size).toBe(0);
  });

  it('trusts nobody where the epoch has changed at the last moment, back and forth', async () => {
    const trust = bench.holds('trust');
    const filled = bench.node.fill(await bench.look());
    await settled();
    bench.works('trust');
    await bench.truth.trust('1'.repeat(40), '0');
    await bench.truth.distrust('1'.repeat(40));
    await trust();
    expect(await filled).toBe(false);
    expect(bench.postgres.redisId).toBeNull();
  });

  /** Something that happens while the pages are read, and after which nobody may be trusted. */
  const accidents: Record<string, () => void> = {
    'the server was emptied': () => bench.server.hash.clear(),
    'another node fills it': () => void bench.server.hash.set(MARKER, 'filling:0'),
    'the server has another id': () => bench.server.newReplid(),
    'the server became a replica': () => (bench.server.role = 'slave'),
    'the server is full': () => (bench.server.full = true),
    'the server is gone': () => (bench.redisIsSilent = true),
  };

  describe.each([
    ['while a page is written', 1],
    ['while nothing but the marker is left to write', 0],
  ])('%s', (_, revoked) => {
    it.each(Object.keys(accidents))('gives up where %s', async (accident) => {
      for (let i = 0; i < revoked; i++) bench.commit(SID);
      const page = bench.holds('live-page');
      const filled = bench.node.fill(await bench.look());
      await settled();
      accidents[accident]?.();
      await page();
      expect(await filled).toBe(false);
      expect(bench.postgres.redisId).toBeNull();
      expect(bench.postgres.epoch).toBe(0);
      expect(bench.reported).toEqual([expect.stringMatching('^not filled: ')]);
    });
  });

  it('gives up where a page went to another server, and the rest to the first one again', async () => {
    bench.commit(SID);
    const { replid } = bench.server;
    const write = bench.holds('EVAL');
    const filled = bench.node.fill(await bench.look());
    await settled();
    bench.server.newReplid();
    const next = bench.holds('live-page');
    await write();
    bench.server.replid = replid;
    await next();
    expect(await filled).toBe(false);
    expect(bench.postgres.redisId).toBeNull();
  });

  it('does not begin with a replica', async () => {
    bench.server.role = 'slave';
    expect(await bench.node.fill(await bench.look())).toBe(false);
    expect(bench.server.hash.size).toBe(0);
  });

  it('fails as PostgreSQL does, and can be done again', async () => {
    bench.fails('live-page');
    await expect(bench.node.fill(await bench.look())).rejects.toThrow('live-page fails');
    bench.works('live-page');
    expect(await bench.node.fill(await bench.look())).toBe(true);
  });

  it('copies what was revoked after the token was put, and names what comes later as unpublished', async () => {
    const page = bench.holds('live-page');
    const filled = bench.node.fill(await bench.look());
    await settled();
    bench.commit(session(1));
    await page();
    await filled;
    expect(bench.server.hash.has(session(1))).toBe(true);
    bench.commit(session(2));
    await bench.nodeClock.advance(1);
    expect((await bench.look()).unpublished.has(session(2))).toBe(true);
  });

  it('goes to the server to which the address leads now, not to the one that it is connected with', async () => {
    const { server: old } = bench;
    bench.server = new DenylistBench().server;
    await bench.node.fill(await bench.look());
    expect(bench.postgres.redisId).toBe(bench.server.replid);
    expect(old.hash.size).toBe(0);
  });

  it('stops where the node stops', async () => {
    const stopping = new AbortController();
    const waiting = bench.node.fill(await untrusted(), stopping.signal);
    await settled();
    stopping.abort();
    expect(await waiting).toBe(false);
    expect(bench.server.hash.size).toBe(0);
    expect(bench.nodeClock.waiting).toBe(0);
  });

  it('is nothing for a node without Redis', async () => {
    const without = new DenylistBench({ redis: false });
    expect(await without.node.fill(await without.look())).toBe(false);
  });
});
