import { Injectable } from '@nestjs/common';
import { Clock, type SessionId } from '@gatehouse/kernel';
import { Database, type Runner } from '@gatehouse/database';
import { isDead, WHOLE_SESSION } from './revocation-value.js';
import { revocationOf } from './revocations.sql.js';

/** A revocation as the statement that wrote it, or found it written already, returns it. */
export interface RevokedRow {
  readonly sid: SessionId;
  readonly value: string;
  readonly keep_until: Date;
  /** Whether the denylist is known to hold this value. */
  readonly published: boolean;
}

/**
 * Whether a session, or the generation of one of its access tokens, has been revoked. PostgreSQL is asked each time,
 * by one prepared statement on a primary key: right for any number of nodes, from the moment a revocation commits.
 * A copy that answers faster has its place here, behind the same two questions.
 */
@Injectable()
export class Revocations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Whether an access token of this session and generation is refused. @param runner a transaction that must see it too */
  async isRevoked(session: SessionId, generation: number, runner: Runner = this.database): Promise<boolean> {
    const value = await this.valueOf(session, runner);
    return value !== undefined && isDead(value, generation, this.clock.now());
  }

  /** Whether the whole session is over, whatever its generations. */
  async hasEnded(session: SessionId): Promise<boolean> {
    return (await this.valueOf(session, this.database)) === WHOLE_SESSION;
  }

  /**
   * Settles when every node refuses what these rows revoke: after the commit of `runner`, and only then may the answer
   * be given. Rows that are published already cost nothing.
   */
  async acknowledge(runner: Runner, rows: readonly RevokedRow[]): Promise<void> {
    if (rows.every(({ published }) => published)) return;
    await runner.afterCommit(() => Promise.resolve());
  }

  private async valueOf(session: SessionId, runner: Runner): Promise<string | undefined> {
    const [row] = await runner.run<{ value: string }>(revocationOf, [session]);
    return row?.value;
  }
}
