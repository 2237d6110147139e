import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@gatehouse/database';
import { Throttle } from '@gatehouse/guessing';
import { Revocations, type RevokedRow } from '@gatehouse/tokens';
import { DevelopmentClock } from './development-clock.js';
import * as sql from './reset.sql.js';
import { Seeds } from './seeds.service.js';

/** Makes the service what it was at its first start, so that a suite of tests finds what it expects. */
@Injectable()
export class Reset {
  private readonly logger = new Logger('Development');

  constructor(
    private readonly database: Database,
    private readonly revocations: Revocations,
    private readonly clock: DevelopmentClock,
    private readonly seeds: Seeds,
    private readonly throttle: Throttle,
  ) {}

  /** Settles when every node refuses the tokens of before. */
  async run(): Promise<void> {
    const adminHash = await this.seeds.adminHash();
    await this.database.transaction(async (transaction) => {
      await transaction.run(sql.lockTables, []);
      const revoked = await transaction.run<RevokedRow>(sql.revokeSessions, [this.clock.lowestOffsetMs]);
      await transaction.run(sql.emptyTables, []);
      // From here on the real time is written again.
      this.clock.turnBack();
      await this.seeds.plantAnew(transaction, adminHash);
      await this.revocations.acknowledge(transaction, revoked);
    });
    // PostgreSQL's are gone with their table; Redis has others.
    await this.throttle.clear();
    this.logger.log({ event: 'reset' });
  }
}
