import { Injectable } from '@nestjs/common';
import { Clock } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import { Audit } from './audit.service.js';
import { COMMAND_LINE } from './audit-event.js';
import * as sql from './audit.sql.js';

/** Rows of one transaction: each is short, and nobody waits for it. */
const BATCH = 1_000;

/** Removes old events. Only over a connection of the role that owns the table; nothing else ever does it. */
@Injectable()
export class AuditRetention {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Removes what is older than `olderThanMs`, in batches, and records that it did. Gives the number of rows. Where it is
   * stopped halfway, what it has removed is gone and recorded.
   */
  async prune(olderThanMs: number, batch = BATCH): Promise<number> {
    const before = new Date(this.clock.now() - olderThanMs).toISOString();
    let removed = 0;
    for (;;) {
      const rows = await this.pruneBatch(before, batch);
      removed += rows;
      if (rows < batch) return removed;
    }
  }

  private pruneBatch(before: string, batch: number): Promise<number> {
    return this.database.transaction(async (transaction) => {
      await transaction.run(sql.allowPruning, []);
      const [{ rows } = { rows: 0 }] = await transaction.run<{ rows: number }>(sql.pruneBatch, [
        before,
        batch,
      ]);
      if (rows > 0)
        await this.audit.record(transaction, {
          event: 'audit_pruned',
          act: COMMAND_LINE,
          details: { rows, before },
        });
      return rows;
    });
  }
}
