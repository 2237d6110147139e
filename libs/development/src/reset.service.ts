import { Injectable, Logger } from '@nestjs/common';
import type { Database } from '@gatehouse/database';
import { Throttle } from '@gatehouse/guessing';
import { AuthError } from '@gatehouse/kernel';
import { Revocations, type RevokedRow } from '@gatehouse/tokens';
import { DevelopmentClock } from './development-clock.js';
import { OwnerDatabase } from './owner-database.js';
import * as sql from './reset.sql.js';
import { Seeds } from './seeds.service.js';

/** What PostgreSQL says to a role that may not (SQLSTATE `insufficient_privilege`). */
const NOT_ALLOWED = '42501';

/** Makes the service what it was at its first start, so that a suite of tests finds what it expects. */
@Injectable()
export class Reset {
  private readonly logger = new Logger('Development');

  constructor(
    private readonly owner: OwnerDatabase,
    private readonly revocations: Revocations,
    private readonly clock: DevelopmentClock,
    private readonly seeds: Seeds,
    private readonly throttle: Throttle,
  ) {}

  /**
   * Settles when every node refuses the tokens of before.
   * Throws AuthError `forbidden` where the service has a role that does not own the tables, and no other.
   */
  async run(): Promise<void> {
    const adminHash = await this.seeds.adminHash();
    await this.owner.use((database) => this.beginAnew(database, adminHash)).catch(this.explained);
    // PostgreSQL's are gone with their table; Redis has others.
    await this.throttle.clear();
    this.logger.log({ event: 'reset' });
  }

  private beginAnew(database: Database, adminHash: string): Promise<void> {
    return database.transaction(async (transaction) => {
      await transaction.run(sql.lockTables, []);
      const revoked = await transaction.run<RevokedRow>(sql.revokeSessions, [this.clock.lowestOffsetMs]);
      await transaction.run(sql.emptyTables, []);
      // From here on the real time is written again.
      this.clock.turnBack();
      await this.seeds.plantAnew(transaction, adminHash);
      await this.revocations.acknowledge(transaction, revoked);
    });
  }

  private readonly explained = (error: unknown): never => {
    if ((error as { code?: unknown }).code !== NOT_ALLOWED) throw error;
    const about =
      'a reset needs the role that owns the tables: set MIGRATION_DATABASE_URL beside DATABASE_URL';
    this.logger.warn({ event: 'reset_refused', about });
    throw new AuthError('forbidden', { cause: error });
  };
}
