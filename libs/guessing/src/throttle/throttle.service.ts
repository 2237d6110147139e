import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { type Act, ACTS, CONFIG, type Config, type Scope, SCOPES } from '@gatehouse/config';
import { Clock, KeyRing } from '@gatehouse/kernel';
import { Database, isDatabaseUnavailable, type Runner, Sweeps } from '@gatehouse/database';
import type { Counted, Refused } from './counters.js';
import { PostgresCounters } from './postgres-counters.js';
import { RedisCounters } from './redis-counters.js';

/** How often a limit was reached. */
interface Tally {
  readonly act: Act;
  readonly scope: Scope;
  count: number;
}

/** Whom a request is counted for, by scope; undefined: not in this scope. */
export type Counts = { readonly [Name in Scope]?: string | undefined };

export interface Refusal {
  readonly scope: Scope;
  /** Whole seconds until the next such request passes, if nobody else's takes its place. */
  readonly retryAfter: number;
}

/**
 * Counts requests, and refuses those beyond the limits: in Redis where REDIS_URL names one that answers, else in
 * PostgreSQL. Where neither can count, nothing is refused here: nobody can log in without PostgreSQL anyway.
 */
@Injectable()
export class Throttle implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Throttle');
  private readonly postgres: PostgresCounters;
  private readonly redis: RedisCounters | undefined;
  private readonly refusals = new Map<string, Tally>();
  private fallenBack = false;

  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly sweeps: Sweeps,
    clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    const { redisUrl, throttle } = config;
    this.postgres = new PostgresCounters(clock);
    for (const act of ACTS)
      for (const scope of SCOPES)
        if (throttle.limits[act][scope].length > 0)
          this.refusals.set(`${act} ${scope}`, { act, scope, count: 0 });
    if (throttle.on && redisUrl !== undefined) this.redis = new RedisCounters(redisUrl, clock);
  }

  /** What was refused since the start, for each act and scope that has limits. */
  get refused(): Iterable<Readonly<Tally>> {
    return this.refusals.values();
  }

  onModuleInit(): void {
    this.sweeps.add({ name: 'throttle_counters', removeSome: (limit) => this.sweepExpired(limit) });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.redis?.open();
  }

  onModuleDestroy(): void {
    this.redis?.close();
  }

  /** What stands for a name or address in a counter's key: nobody reads there who was asked for. */
  disguise(name: string): string {
    return this.keys.hmac('throttle-targets', name).toString('base64url');
  }

  /**
   * Counts one request, in one round trip. Gives the refusal where a limit is reached; it is then not counted at all.
   * @param runner a transaction, where it must not be counted unless that commits
   */
  async take(act: Act, counts: Counts, runner: Runner = this.database): Promise<Refusal | undefined> {
    if (!this.config.throttle.on) return undefined;
    const asked = this.limitsOf(act, counts);
    if (asked.length === 0) return undefined;
    const refused = await this.count(asked, runner);
    return refused && this.refusal(act, (asked[refused.index] as Asked).scope, refused.seconds);
  }

  /** Forgets all that was counted. Of a Redis that does not answer it is gone when its windows are over. */
  async clear(): Promise<void> {
    await this.postgres.clear(this.database);
    await this.redis?.clear().catch((error: unknown) => this.noteStorage(error as Error));
  }

  /** Removes up to `limit` of PostgreSQL's counters whose window is over, and says how many. */
  sweepExpired(limit: number): Promise<number> {
    return this.postgres.sweep(this.database, limit);
  }

  private limitsOf(act: Act, counts: Counts): Asked[] {
    return (Object.entries(counts) as [Scope, string | undefined][]).flatMap(([scope, whom]) =>
      whom === undefined
        ? []
        : this.config.throttle.limits[act][scope].map(({ most, ms }) => ({
            scope,
            most,
            ms,
            key: `${act} ${scope} ${ms} ${whom}`,
          })),
    );
  }

  private async count(asked: readonly Counted[], runner: Runner): Promise<Refused | undefined> {
    if (this.redis) {
      try {
        const refused = await this.redis.take(asked);
        this.noteStorage();
        return refused;
      } catch (error) {
        this.noteStorage(error as Error);
      }
    }
    try {
      return await this.postgres.take(runner, asked);
    } catch (error) {
      // A transaction in which this failed can do nothing else.
      if (runner === this.database && isDatabaseUnavailable(error)) return undefined;
      throw error;
    }
  }

  private refusal(act: Act, scope: Scope, retryAfter: number): Refusal {
    (this.refusals.get(`${act} ${scope}`) as Tally).count++;
    return { scope, retryAfter };
  }

  /** Each change once. */
  private noteStorage(error?: Error): void {
    if ((error !== undefined) === this.fallenBack) return;
    this.fallenBack = error !== undefined;
    if (error === undefined) this.logger.log({ event: 'throttle_in_redis' });
    else
      this.logger.warn({
        event: 'throttle_in_postgres',
        reason: error.message,
        about: 'Redis does not count, so PostgreSQL does, beginning at none',
      });
  }
}

type Asked = Counted & { readonly scope: Scope };
