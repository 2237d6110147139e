import { Injectable } from '@nestjs/common';
import { Clock, type SessionId } from '@gatehouse/kernel';
import type { Runner } from '@gatehouse/database';
import { Denylist } from './denylist/denylist.service.js';
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

/** Whether a session, or the generation of one of its access tokens, has been revoked; and when that is known to all. */
@Injectable()
export class Revocations {
  constructor(
    private readonly denylist: Denylist,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether an access token of this session and generation is refused.
   * @param runner a transaction that must see it too: then PostgreSQL is asked there
   */
  async isRevoked(session: SessionId, generation: number, runner?: Runner): Promise<boolean> {
    const value = await (runner ? this.valueIn(runner, session) : this.denylist.valueOf(session));
    return value !== undefined && isDead(value, generation, this.clock.now());
  }

  /** Whether the whole session is over, whatever its generations. */
  async hasEnded(session: SessionId): Promise<boolean> {
    return (await this.denylist.valueOf(session)) === WHOLE_SESSION;
  }

  /**
   * Settles when every node refuses what these rows revoke: after the commit of `runner`, and only then may the answer
   * be given. Rows that are published already cost nothing.
   */
  async acknowledge(runner: Runner, rows: readonly RevokedRow[]): Promise<void> {
    const entries = rows
      .filter(({ published }) => !published)
      .map(({ sid, value, keep_until }) => ({ sid, value, keepUntil: keep_until.getTime() }));
    if (entries.length > 0) await runner.afterCommit(() => this.denylist.revoke(entries));
  }

  private async valueIn(runner: Runner, session: SessionId): Promise<string | undefined> {
    const [row] = await runner.run<{ value: string }>(revocationOf, [session]);
    return row?.value;
  }
}
