import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Clock, type SessionId } from '@gatehouse/kernel';
import { Database, millis, nowPlus, type Statement } from '@gatehouse/database';
import { plainAddress } from '@gatehouse/guessing';
import type { Session } from './session.entity.js';

/** How long a note waits: what a killed node had noted since then is lost. */
const EVERY_MS = 30_000;
/** Sessions of which a node remembers a use, some 10 MB; a further one is noted when these are written. */
const MOST = 50_000;
/** Rows that one statement holds. */
const BATCH = 1_000;

/** Its last use as this node saw it. */
interface Use {
  /** Milliseconds since the epoch, by the node's clock. */
  at: number;
  /** Undefined where the asker was not the client itself. */
  address: string | undefined;
}

/**
 * By age, so that the database's clock alone counts, and forward in time only: nodes write in any order. Rows are locked
 * by id, like everywhere. $1 sessions, $2 milliseconds since their use, $3 addresses or nulls, $4 clock offset, $5 how
 * much later a use must be to be written for its own sake.
 */
const writeUses: Statement = {
  name: 'sessions.write-uses',
  text: `
    WITH used AS MATERIALIZED (
      SELECT s.id, ${nowPlus(4)} - u.age * interval '1 millisecond' AS at, u.address
      FROM unnest($1::uuid[], $2::float8[], $3::text[]) AS u (id, age, address) JOIN sessions s ON s.id = u.id
      WHERE s.last_seen_at < ${nowPlus(4)} - u.age * interval '1 millisecond'
        AND (s.last_seen_at < ${nowPlus(4)} - u.age * interval '1 millisecond' - ${millis(5)} OR s.ip <> u.address)
      ORDER BY s.id FOR NO KEY UPDATE OF s
    )
    UPDATE sessions SET last_seen_at = used.at, ip = coalesce(used.address, sessions.ip)
    FROM used WHERE sessions.id = used.id`,
};
const WORTH_WRITING_MS = 60_000;

/**
 * When and from where sessions were used last. A validation notes it in memory; every half minute, and at a stop, what
 * was noted is written, some thousand sessions by one statement. Nothing depends on it: it is for people who look at
 * their sessions.
 */
@Injectable()
export class SessionUse implements OnModuleDestroy {
  private readonly logger = new Logger('SessionUse');
  private noted = new Map<SessionId, Use>();
  /** What is being written: until then a list needs it all the same. */
  private leaving: ReadonlyMap<SessionId, Use> = new Map();
  private flushing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private failing = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Notes that the session is used now. On the way of every validation: it looks into a map and waits for nothing.
   * @param address the client's; undefined where somebody else asks for it
   */
  note(session: SessionId, address?: string): void {
    const use = this.noted.get(session);
    if (use) {
      use.at = this.clock.now();
      if (address !== undefined) use.address = address;
    } else this.noteFirst(session, { at: this.clock.now(), address });
  }

  /** Its last use, where this node knows of a later one than the row. */
  lastOf(session: Pick<Session, 'id' | 'lastSeenAt' | 'ip'>): Pick<Session, 'lastSeenAt' | 'ip'> {
    const use = this.noted.get(session.id) ?? this.leaving.get(session.id);
    if (!use || use.at <= session.lastSeenAt.getTime()) return session;
    return {
      lastSeenAt: new Date(use.at),
      ip: use.address === undefined ? session.ip : plainAddress(use.address),
    };
  }

  /** Writes what has been noted. Never throws: what could not be written stays noted. */
  flush(): Promise<void> {
    this.flushing ??= this.write().finally(() => (this.flushing = undefined));
    return this.flushing;
  }

  async onModuleDestroy(): Promise<void> {
    await this.flushing;
    await this.flush();
    clearTimeout(this.timer);
  }

  private noteFirst(session: SessionId, use: Use): void {
    if (this.noted.size >= MOST) {
      if (this.flushing) return;
      void this.flush();
    }
    this.noted.set(session, use);
    this.plan();
  }

  private plan(): void {
    this.timer ??= setTimeout(() => void this.flush(), EVERY_MS).unref();
  }

  private async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const uses = this.noted;
    this.leaving = uses;
    this.noted = new Map();
    try {
      const all = [...uses];
      for (let from = 0; from < all.length; from += BATCH)
        await this.writeSome(all.slice(from, from + BATCH));
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.logger.warn({ event: 'session_use_unwritten', error });
      this.failing = true;
      this.keep(uses);
    } finally {
      this.leaving = new Map();
    }
  }

  private async writeSome(uses: readonly (readonly [SessionId, Use])[]): Promise<void> {
    const now = this.clock.now();
    await this.database.run(writeUses, [
      uses.map(([id]) => id),
      uses.map(([, { at }]) => Math.max(now - at, 0)),
      uses.map(([, { address }]) => (address === undefined ? null : plainAddress(address))),
      this.clock.offsetMs,
      WORTH_WRITING_MS,
    ]);
  }

  /** For the next time, but for what has been noted anew. */
  private keep(uses: ReadonlyMap<SessionId, Use>): void {
    for (const [id, use] of uses) {
      if (this.noted.size >= MOST) return;
      const newer = this.noted.get(id);
      if (newer) newer.address ??= use.address;
      else this.noted.set(id, use);
    }
    this.plan();
  }
}
