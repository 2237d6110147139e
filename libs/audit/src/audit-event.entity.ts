import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Something that happened. Rows are added and read, never changed: a trigger refuses that, and the service's own role
 * has no right to. No foreign keys: the record outlives what it is about.
 */
@Entity('audit_events')
@Index('audit_events_by_user', ['userId', 'at', 'id'])
@Index('audit_events_by_time', ['at', 'id'])
export class AuditEvent {
  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'audit_events_pkey',
  })
  id: string;

  @Column('timestamptz')
  at: Date;

  /** One of AuditEventName. */
  @Column('text')
  event: string;

  /** The account that it happened to; null where the name that was tried is nobody's. */
  @Column('bigint', { nullable: true })
  userId: string | null;

  @Column('uuid', { nullable: true })
  sessionId: string | null;

  /** `user:<id>`, `command line`, or null for somebody unknown. */
  @Column('text', { nullable: true })
  actor: string | null;

  @Column('text', { nullable: true })
  contract: string | null;

  /** The client application that the request came from. */
  @Column('uuid', { nullable: true })
  clientId: string | null;

  @Column('text', { nullable: true })
  ip: string | null;

  @Column('text', { nullable: true })
  userAgent: string | null;

  /** The same as in the log and in the answer's X-Request-Id. */
  @Column('text', { nullable: true })
  requestId: string | null;

  @Column('jsonb')
  details: Record<string, unknown>;
}
