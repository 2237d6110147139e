import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { Clock, within } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import { Denylist, type DenylistStatus } from '@gatehouse/tokens';

/** How long PostgreSQL may take to answer a check: who asks for health waits a few seconds at the most. */
const PING_MS = 1_500;

export interface Health {
  readonly healthy: boolean;
  /** Which store answers whether a token is revoked. Either one will do. */
  readonly denylist: DenylistStatus;
  readonly version: string;
  readonly at: Date;
}

@Injectable()
export class ServiceHealth {
  constructor(
    private readonly database: Database,
    private readonly denylist: Denylist,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whether the service can do its work: PostgreSQL answers, and soon. Never throws, and takes less than 2 s. */
  async check(): Promise<Health> {
    const healthy = await within(PING_MS, this.database.ping()).then(
      () => true,
      () => false,
    );
    const denylist = this.denylist.status();
    return { healthy, denylist, version: this.config.version, at: new Date(this.clock.now()) };
  }
}
