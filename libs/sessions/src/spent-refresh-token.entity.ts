import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Session } from './session.entity.js';

/** A refresh secret older than its session's parent, for the format that proves no origin: the bare UUID. */
@Entity('spent_refresh_tokens')
@Index('spent_refresh_tokens_by_session', ['sessionId'])
export class SpentRefreshToken {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'spent_refresh_tokens_pkey' })
  hash: Buffer;

  @Column('uuid')
  sessionId: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'spent_refresh_tokens_session' })
  session: Relation<Session>;
}
