import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, type SessionId } from '@gatehouse/kernel';
import { Database, type Statement, Sweeps } from '@gatehouse/database';
import {
  lookForEnds,
  lookForExpired,
  removeSessions,
  removeSpent,
  surplusEnded,
} from './expired-sessions.sql.js';

/** How many ended sessions of an account are kept for its list. */
export const ENDED_KEPT = 1_000;
/** Rows that one look reads, and looks of one run that finds nothing. */
const LOOK = 2_000;
const LOOKS = 10;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

interface Ends {
  readonly last: string | null;
  readonly looked: number;
  readonly users: readonly string[];
}

/** Removes sessions that nobody can use or see any more. How long which is kept: docs/upkeep.md. */
@Injectable()
export class ExpiredSessions implements OnModuleInit {
  private expiredAfter: string = BEFORE_ALL;
  private endedAfter: string | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add({ name: 'sessions', removeSome: (limit) => this.removeExpired(limit) });
    this.sweeps.add({ name: 'ended_sessions', removeSome: (limit) => this.removeSurplus(limit) });
  }

  /** Walks through all sessions, some at each call, and removes those that have expired. Gives how many rows went. */
  async removeExpired(limit: number): Promise<number> {
    for (let looks = 0; looks < LOOKS; looks++) {
      const [row] = await this.database.run<{ last: string | null; found: SessionId[] }>(lookForExpired, [
        this.expiredAfter,
        this.clock.lowestOffsetMs,
        LOOK,
        limit,
      ]);
      const removed = row ? await this.remove(row.found, limit) : 0;
      if (removed > 0) return removed;
      this.expiredAfter = row?.last ?? BEFORE_ALL;
      if (this.expiredAfter === BEFORE_ALL) break;
    }
    return 0;
  }

  /** Removes what accounts have of ended sessions beyond ENDED_KEPT, the earliest ended first. Gives how many rows went. */
  async removeSurplus(limit: number): Promise<number> {
    for (let looks = 0; looks < LOOKS; looks++) {
      const [ends] = await this.database.run<Ends>(lookForEnds, [this.endedAfter, this.clock.offsetMs, LOOK]);
      if (!ends || ends.last === null) break;
      const surplus = await this.database.run<{ id: SessionId }>(surplusEnded, [
        ends.users,
        this.clock.offsetMs,
        ENDED_KEPT,
        limit,
      ]);
      const removed = await this.remove(
        surplus.map(({ id }) => id),
        limit,
      );
      if (removed > 0) return removed;
      this.endedAfter = ends.last;
      if (ends.looked < LOOK) break;
    }
    return 0;
  }

  private async remove(sessions: readonly SessionId[], limit: number): Promise<number> {
    if (sessions.length === 0) return 0;
    const spent = await this.count(removeSpent, [sessions, limit]);
    return spent === limit ? spent : spent + (await this.count(removeSessions, [sessions]));
  }

  private async count(statement: Statement, values: readonly unknown[]): Promise<number> {
    const [row] = await this.database.run<{ removed: number }>(statement, values);
    return row?.removed ?? 0;
  }
}
