import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@gatehouse/kernel';
import { Database, nowPlus, type Statement, Sweeps } from '@gatehouse/database';

/** A link that does not work any more can be used to ask for another one, so it is known for another 30 days. */
const removeSecrets: Statement = {
  name: 'secrets.remove',
  text: `
    WITH gone AS (
      DELETE FROM one_time_secrets WHERE hash = ANY(ARRAY(
        SELECT hash FROM one_time_secrets WHERE expires_at < ${nowPlus(1)} - interval '30 days'
        ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED))
      RETURNING 1
    )
    SELECT count(*)::int AS removed FROM gone`,
};

/** The codes of a day are counted: each is kept for that day. */
const removeCodes: Statement = {
  name: 'codes.remove',
  text: `
    WITH gone AS (
      DELETE FROM one_time_codes WHERE id = ANY(ARRAY(
        SELECT id FROM one_time_codes WHERE expires_at < ${nowPlus(1)} - interval '1 day'
        ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED))
      RETURNING 1
    )
    SELECT count(*)::int AS removed FROM gone`,
};

/** Removes links and codes that are good for nothing any more, used and void ones among them. */
@Injectable()
export class ExpiredSecrets implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add({ name: 'one_time_secrets', removeSome: (limit) => this.remove(removeSecrets, limit) });
    this.sweeps.add({ name: 'one_time_codes', removeSome: (limit) => this.remove(removeCodes, limit) });
  }

  private async remove(statement: Statement, limit: number): Promise<number> {
    const [row] = await this.database.run<{ removed: number }>(statement, [this.clock.offsetMs, limit]);
    return row?.removed ?? 0;
  }
}
