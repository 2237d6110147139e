import type { Clock } from '@gatehouse/kernel';
import { nowPlus, type Runner, type Statement } from '@gatehouse/database';
import type { Counted, Refused } from './counters.js';

/** The function locks, judges and counts: its statements see what a statement that they waited for has committed. */
const take: Statement = {
  name: 'throttle.take',
  text: `SELECT refused, seconds FROM throttle_take($1, $2, $3, ${nowPlus(4)})`,
};

const sweep: Statement = {
  name: 'throttle.sweep',
  text: `
    WITH expired AS (
      SELECT key FROM throttle_counters WHERE resets_at <= ${nowPlus(1)} LIMIT $2 FOR UPDATE SKIP LOCKED
    ), swept AS (
      DELETE FROM throttle_counters WHERE key = ANY(ARRAY(SELECT key FROM expired)) RETURNING 1
    )
    SELECT count(*)::int AS count FROM swept`,
};

const clear: Statement = { name: 'throttle.clear', text: 'DELETE FROM throttle_counters' };

/** Counters in PostgreSQL, for all nodes together. */
export class PostgresCounters {
  constructor(private readonly clock: Clock) {}

  /** As `Take`. In a transaction that is rolled back nothing is counted. */
  async take(runner: Runner, limits: readonly Counted[]): Promise<Refused | undefined> {
    const [row] = await runner.run<{ refused: number | null; seconds: number }>(take, [
      limits.map(({ key }) => key),
      limits.map(({ most }) => most),
      limits.map(({ ms }) => ms),
      this.clock.offsetMs,
    ]);
    if (!row || row.refused === null) return undefined;
    return { index: row.refused - 1, seconds: row.seconds };
  }

  async clear(runner: Runner): Promise<void> {
    await runner.run(clear, []);
  }

  /** Removes up to `limit` counters whose window is over, and says how many. */
  async sweep(runner: Runner, limit: number): Promise<number> {
    const [row] = await runner.run<{ count: number }>(sweep, [this.clock.offsetMs, limit]);
    return row?.count ?? 0;
  }
}
