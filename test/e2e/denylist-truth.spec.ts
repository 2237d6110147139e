import pg from 'pg';
import { DataSource } from 'typeorm';
import type { SessionId } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import { recordRevocations } from '@gatehouse/tokens';
import { dataSourceOptions } from '../../libs/database/src/data-source-options.js';
import { BatchedRevocations } from '../../libs/tokens/src/denylist/batched-revocations.js';
import { Truth } from '../../libs/tokens/src/denylist/truth.js';
import { CHANNEL } from '../../libs/tokens/src/denylist/truth.sql.js';
import { session } from '../support/denylist-bench.js';
import { eventually } from '../support/eventually.js';
import { testDatabase, type TestDatabase } from '../support/test-database.js';
import { TurnableClock } from '../support/turnable-clock.js';

const [ONE, OTHER] = ['1'.repeat(40), '2'.repeat(40)] as const;
const HOUR = 3_600_000;

describe('the truth in PostgreSQL', () => {
  let database: TestDatabase;
  let source: DataSource;
  let pool: Database;
  let clock: TurnableClock;
  let truth: Truth;

  beforeAll(async () => {
    database = await testDatabase();
    source = await new DataSource(dataSourceOptions(database.url)).initialize();
    pool = new Database(source);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    clock = new TurnableClock();
    truth = new Truth(pool, clock);
    await database.query('TRUNCATE revocations');
    await database.query('UPDATE denylist SET redis_id = NULL, epoch = 0');
  });

  /** Notes a revocation as every statement does that makes one. */
  const record = (sid: SessionId, value = '*', endsIn = HOUR): Promise<unknown> =>
    database.query(recordRevocations("SELECT $1::uuid, $2::text, now() + $3 * interval '1 ms'"), [
      sid,
      value,
      endsIn,
    ]);
  const unpublished = async (): Promise<unknown[]> =>
    (await database.query('SELECT sid, value FROM revocations WHERE published_at IS NULL ORDER BY sid')).map(
      ({ sid, value }) => [sid, value],
    );

  describe('the agreement', () => {
    it('begins without a trusted server', async () => {
      expect(await truth.trusted()).toEqual({ redisId: null, epoch: '0' });
    });

    it('trusts a server where none is and nothing has changed, and counts each change', async () => {
      expect(await truth.trust(ONE, '1')).toBe(false);
      expect(await truth.trust(ONE, '0')).toBe(true);
      expect(await truth.trust(OTHER, '1')).toBe(false);
      expect(await truth.trusted()).toEqual({ redisId: ONE, epoch: '1' });
      expect(await truth.distrust(OTHER)).toBe(false);
      expect(await truth.distrust(ONE)).toBe(true);
      expect(await truth.distrust(ONE)).toBe(false);
      expect(await truth.trusted()).toEqual({ redisId: null, epoch: '2' });
      expect(await truth.trust(ONE, '0')).toBe(false);
      expect(await truth.trust(ONE, '2')).toBe(true);
    });

    it('is decided once, however many want it', async () => {
      const won = await Promise.all(
        Array.from({ length: 20 }, (_, i) => truth.trust(i % 2 ? ONE : OTHER, '0')),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      const lost = await Promise.all(
        Array.from({ length: 20 }, (_, i) => truth.distrust(i % 2 ? ONE : OTHER)),
      );
      expect(lost.filter(Boolean)).toHaveLength(1);
      expect((await truth.trusted()).epoch).toBe('2');
    });

    it('tells every change, and nothing else, to who listens', async () => {
      const listener = new pg.Client({ connectionString: database.url });
      await listener.connect();
      let heard = 0;
      listener.on('notification', () => heard++);
      await listener.query(`LISTEN ${CHANNEL}`);
      await truth.trust(ONE, '7');
      await truth.distrust(OTHER);
      await truth.trust(ONE, '0');
      await eventually('the first word', () => heard === 1);
      await truth.distrust(ONE);
      await eventually('the second word', () => heard === 2);
      await listener.end();
    });
  });

  describe('a look', () => {
    it('says what the trusted server may not hold yet', async () => {
      for (let i = 1; i <= 4; i++) await record(session(i), `${i + 1}@0`);
      await truth.markPublished([{ sid: session(2), value: '3@0' }]);
      await truth.trust(ONE, '0');
      const look = await truth.look(pool);
      expect(look).toMatchObject({ redisId: ONE, epoch: '1' });
      expect([...look.unpublished].map(([sid, { value }]) => [sid, value])).toEqual([
        [session(1), '2@0'],
        [session(3), '4@0'],
        [session(4), '5@0'],
      ]);
      const keptFor = (look.unpublished.get(session(1))?.keepUntil ?? NaN) - Date.now();
      expect(Math.abs(keptFor - HOUR)).toBeLessThan(60_000);
    });

    it('names nothing where none is trusted, or nothing is unpublished', async () => {
      await record(session());
      expect(await truth.look(pool)).toEqual({ redisId: null, epoch: '0', unpublished: new Map() });
      await truth.markPublished([{ sid: session(), value: '*' }]);
      await truth.trust(ONE, '0');
      expect(await truth.look(pool)).toEqual({ redisId: ONE, epoch: '1', unpublished: new Map() });
    });

    it('leaves out what refuses nothing any more', async () => {
      await truth.trust(ONE, '0');
      await record(session(1), '*', HOUR);
      await record(session(2), '*', 2 * HOUR);
      clock.advance(1.5 * HOUR);
      expect([...(await truth.look(pool)).unpublished.keys()]).toEqual([session(2)]);
    });

    it('fails where the agreement is missing', async () => {
      const empty = { run: () => Promise.resolve([]), afterCommit: () => Promise.resolve() };
      await expect(truth.look(empty)).rejects.toThrow('no row');
    });
  });

  describe('a published row', () => {
    it('is one whose value was the one that was written', async () => {
      await record(session(1), '2@0');
      await record(session(2), '2@0');
      await record(session(2), '3@0');
      await truth.markPublished([
        { sid: session(1), value: '2@0' },
        { sid: session(2), value: '2@0' },
        { sid: session(3), value: '2@0' },
      ]);
      expect(await unpublished()).toEqual([[session(2), '3@0']]);
    });

    it('is unpublished again by a new value, and by nothing else', async () => {
      await record(session(), '3@0');
      await truth.markPublished([{ sid: session(), value: '3@0' }]);
      for (const value of ['3@0', '2@0', '3@5']) await record(session(), value);
      expect(await unpublished()).toEqual([]);
      await record(session(), '10@0');
      expect(await unpublished()).toEqual([[session(), '10@0']]);
      await record(session());
      await truth.markPublished([{ sid: session(), value: '*' }]);
      for (const value of ['*', '11@0']) await record(session(), value);
      expect(await unpublished()).toEqual([]);
    });

    it('is not one that changes while it is noted', async () => {
      await record(session(), '2@0');
      const other = new pg.Client({ connectionString: database.url });
      await other.connect();
      await other.query('BEGIN');
      await other.query(recordRevocations("SELECT $1::uuid, '*', now() + interval '1 h'"), [session()]);
      const noted = truth.markPublished([{ sid: session(), value: '2@0' }]);
      await eventually('it to wait for the row', async () => {
        const waiting = await database.query('SELECT FROM pg_locks WHERE NOT granted');
        return waiting.length > 0;
      });
      await other.query('COMMIT');
      await other.end();
      await noted;
      expect(await unpublished()).toEqual([[session(), '*']]);
    });

    it('is noted by many at once without a deadlock', async () => {
      const sids = Array.from({ length: 50 }, (_, i) => session(i + 1));
      for (const sid of sids) await record(sid);
      const entries = sids.map((sid) => ({ sid, value: '*' }));
      const orders = Array.from({ length: 20 }, (_, i) => (i % 2 ? entries : [...entries].reverse()));
      await Promise.all(orders.map((order) => truth.markPublished(order)));
      expect(await unpublished()).toEqual([]);
    });
  });

  describe('many rows', () => {
    const many = (count: number, endsIn: number): Promise<unknown> =>
      database.query(
        `INSERT INTO revocations (sid, value, keep_until)
         SELECT gen_random_uuid(), '*', now() + $2 * interval '1 ms' FROM generate_series(1, $1)`,
        [count, endsIn],
      );

    it('are read page by page, each once, without those that ended', async () => {
      await many(2_500, HOUR);
      await many(100, -1);
      const sids: SessionId[] = [];
      const sizes: number[] = [];
      for await (const page of truth.live()) {
        sizes.push(page.length);
        sids.push(...page.map(({ sid }) => sid));
      }
      expect(sizes).toEqual([1_000, 1_000, 500]);
      expect(new Set(sids).size).toBe(2_500);
    });

    it('are swept when they ended long enough ago', async () => {
      await many(2_500, -HOUR);
      await many(10, -1_000);
      await many(10, HOUR);
      expect(await truth.sweep(300_000)).toBe(2_500);
      expect(await truth.sweep(300_000)).toBe(0);
      expect(await database.query('SELECT FROM revocations')).toHaveLength(20);
      clock.advance(HOUR + 301_000);
      expect(await truth.sweep(300_000)).toBe(20);
    });
  });

  it('answers many questions by one statement', async () => {
    await record(session(2), '7@0');
    await record(session(3));
    const batched = new BatchedRevocations(pool);
    const values = await Promise.all([1, 2, 3, 2].map((number) => batched.valueOf(session(number))));
    expect(values).toEqual([undefined, '7@0', '*', '7@0']);
  });
});
