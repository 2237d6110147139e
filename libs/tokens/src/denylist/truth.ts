import { Injectable } from '@nestjs/common';
import { Clock, type SessionId } from '@gatehouse/kernel';
import { Database, type Runner } from '@gatehouse/database';
import type { Entry } from './copy.js';
import type { UnpublishedRow } from './lease.js';
import * as sql from './truth.sql.js';

/** What one look at PostgreSQL says, in one snapshot. */
export interface Look {
  readonly redisId: string | null;
  readonly epoch: string;
  readonly unpublished: ReadonlyMap<SessionId, UnpublishedRow>;
}

/** How many rows one statement of a fill or a sweep handles. */
const PAGE = 1_000;

/** The truth about revocations, and which server's copy of it is trusted: PostgreSQL. */
@Injectable()
export class Truth {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The trusted server and, where there is one, all that it may not hold yet. Throws where PostgreSQL is no primary. */
  async look(runner: Runner): Promise<Look> {
    const rows = await runner.run<sql.LookRow>(sql.look, [this.clock.lowestOffsetMs]);
    const [first] = rows;
    if (!first) throw new Error('the table denylist has no row, or PostgreSQL is a read-only replica');
    const unpublished = new Map<SessionId, UnpublishedRow>();
    for (const { sid, value, keep_until } of rows)
      if (sid !== null) unpublished.set(sid, { value, keepUntil: Number(keep_until) });
    return { redisId: first.redis_id, epoch: first.epoch, unpublished };
  }

  /** Which server is trusted now, and since which change. */
  async trusted(): Promise<Pick<Look, 'redisId' | 'epoch'>> {
    const [row] = await this.database.run<{ redis_id: string | null; epoch: string }>(sql.trusted, []);
    if (!row) throw new Error('the table denylist has no row');
    return { redisId: row.redis_id, epoch: row.epoch };
  }

  /** Trusts a server where none is and nothing has changed since `epoch`; gives whether it did. */
  async trust(redisId: string, epoch: string): Promise<boolean> {
    return (await this.database.run(sql.trust, [redisId, epoch])).length > 0;
  }

  /** Trusts no server where this one was trusted; gives whether it was. */
  async distrust(redisId: string): Promise<boolean> {
    return (await this.database.run(sql.distrust, [redisId])).length > 0;
  }

  /** Notes that the trusted server holds these entries, where they are still what it holds. */
  async markPublished(entries: readonly Pick<Entry, 'sid' | 'value'>[]): Promise<void> {
    await this.database.run(sql.markPublished, [
      entries.map(({ sid }) => sid),
      entries.map(({ value }) => value),
    ]);
  }

  /** All revocations that still refuse something, page by page. */
  async *live(): AsyncGenerator<readonly Entry[]> {
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const rows = await this.database.run<sql.EntryRow>(sql.livePage, [
        after,
        this.clock.lowestOffsetMs,
        PAGE,
      ]);
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map(({ sid, value, keep_until }) => ({ sid, value, keepUntil: Number(keep_until) }));
      after = last.sid;
    }
  }

  /** Removes revocations that ended `margin` milliseconds ago, a page at a time; gives how many. */
  async sweep(margin: number): Promise<number> {
    let swept = 0;
    for (;;) {
      const { length } = await this.database.run(sql.sweep, [this.clock.lowestOffsetMs, margin, PAGE]);
      swept += length;
      if (length < PAGE) return swept;
    }
  }
}
