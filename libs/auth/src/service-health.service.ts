import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { Clock } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';

export interface Health {
  readonly healthy: boolean;
  readonly version: string;
  readonly at: Date;
}

@Injectable()
export class ServiceHealth {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whether the service can do its work: PostgreSQL answers, within a few seconds. */
  async check(): Promise<Health> {
    const healthy = await this.database.ping().then(
      () => true,
      () => false,
    );
    return { healthy, version: this.config.version, at: new Date(this.clock.now()) };
  }
}
