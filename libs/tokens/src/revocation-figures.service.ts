import { Injectable } from '@nestjs/common';
import { Clock } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import { countUnpublished } from './revocations.sql.js';

/** What operators want to know about revocations, of all nodes together. */
@Injectable()
export class RevocationFigures {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** How many live revocations the denylist is not known to hold. */
  async unpublished(): Promise<number> {
    const [row] = await this.database.run<{ count: number }>(countUnpublished, [this.clock.offsetMs]);
    return row?.count ?? 0;
  }
}
