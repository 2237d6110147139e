import type { TestDatabase } from './test-database.js';

/** An event as PostgreSQL holds it. */
export interface AuditRow {
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

/** The events behind `mark` in the order in which they were recorded. */
export const auditRows = (database: TestDatabase, mark = '0'): Promise<AuditRow[]> =>
  database.query<AuditRow>('SELECT * FROM audit_events WHERE id > $1::bigint ORDER BY id', [mark]);

/** What `auditRows` takes to leave out everything before now. */
export async function auditMark(database: TestDatabase): Promise<string> {
  const [row] = await database.query<{ mark: string }>(
    'SELECT coalesce(max(id), 0)::text AS mark FROM audit_events',
  );
  return row?.mark ?? '0';
}
