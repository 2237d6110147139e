import { Injectable, Logger } from '@nestjs/common';
import { Clock, KeyRing, type UserId } from '@gatehouse/kernel';
import { Database, type Runner } from '@gatehouse/database';
import type { AuditRecord } from './audit-event.js';
import * as sql from './audit.sql.js';

/** An event as it is read; null is what it does not have. */
export interface RecordedEvent {
  readonly id: string;
  readonly at: Date;
  readonly event: string;
  readonly userId: number | null;
  readonly sessionId: string | null;
  readonly actor: string | null;
  readonly contract: string | null;
  readonly clientId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Which events: all that is left out does not matter. */
export interface AuditFilter {
  readonly userId?: UserId | undefined;
  /** A login name that no account has, in any case. */
  readonly nameTried?: string | undefined;
  /** No longer ago than this, in milliseconds. */
  readonly sinceMs?: number | undefined;
  /** The id of the last event of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
}

interface EventRow {
  readonly id: string;
  readonly at: Date;
  readonly event: string;
  readonly user_id: string | null;
  readonly session_id: string | null;
  readonly actor: string | null;
  readonly contract: string | null;
  readonly client_id: string | null;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly request_id: string | null;
  readonly details: Record<string, unknown>;
}

/** The append-only record: who did what to whom, when, from where, through what. */
@Injectable()
export class Audit {
  private readonly logger = new Logger('Audit');

  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Records an act, in its own transaction: it is not done where it cannot be recorded. */
  async record(runner: Runner, event: AuditRecord): Promise<void> {
    await runner.run(sql.record, [
      sql.actValue(event.act),
      this.clock.offsetMs,
      event.event,
      event.userId ?? null,
      event.sessionId ?? null,
      JSON.stringify(event.details ?? {}),
    ]);
  }

  /** Records a refusal, which stands whether or not that works: where it does not, the log says so. Never throws. */
  async note(event: AuditRecord | Promise<AuditRecord>): Promise<void> {
    try {
      await this.record(this.database, await event);
    } catch (error) {
      this.logger.error({ event: 'audit_event_lost', error });
    }
  }

  /** What stands for a name that no account has. @param key the normalised name */
  nameTried(key: string): string {
    return this.keys.hmac('audit-names', key).toString('base64url');
  }

  /** One page of events, newest first. */
  async list({ userId, nameTried, sinceMs, before, limit }: AuditFilter): Promise<RecordedEvent[]> {
    const name = nameTried === undefined ? null : this.nameTried(nameTried);
    const values = [userId ?? null, name, sinceMs ?? null, before ?? null, limit, this.clock.offsetMs];
    return (await this.database.run<EventRow>(sql.listEvents, values)).map(recordedEvent);
  }

  /**
   * How the service's own role could change the record: because it is a superuser, the table's owner, or was granted
   * more than it needs. Undefined where it could not.
   */
  async hold(): Promise<{ role: string; hold: 'superuser' | 'owner' | 'granted' } | undefined> {
    type Row = { role: string; hold: 'superuser' | 'owner' | 'granted' | null };
    const [row] = await this.database.run<Row>(sql.holdOnAudit, []);
    return row?.hold ? { role: row.role, hold: row.hold } : undefined;
  }
}

const recordedEvent = (row: EventRow): RecordedEvent => ({
  id: row.id,
  at: row.at,
  event: row.event,
  userId: row.user_id === null ? null : Number(row.user_id),
  sessionId: row.session_id,
  actor: row.actor,
  contract: row.contract,
  clientId: row.client_id,
  ip: row.ip,
  userAgent: row.user_agent,
  requestId: row.request_id,
  details: row.details,
});
