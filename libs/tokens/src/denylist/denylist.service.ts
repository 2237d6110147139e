import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { Database, WatchConnection } from '@gatehouse/database';
import { Clock, type SessionId } from '@gatehouse/kernel';
import { BatchedRevocations } from './batched-revocations.js';
import type { Entry } from './copy.js';
import { DenylistLog } from './denylist-log.js';
import { DenylistNode } from './denylist-node.js';
import type { DenylistStatus, PostgresReason } from './denylist-status.js';
import { SystemNodeClock } from './node-clock.js';
import { RedisCopy } from './redis-copy.js';
import { Truth } from './truth.js';
import { CHANNEL } from './truth.sql.js';
import { Upkeep } from './upkeep.js';

/** How often a node looks which server is trusted; a third of what its lease lasts. */
const LOOK_EVERY_MS = 1_000;

/** The denylist as the rest of the service knows it: runs this node's part of the agreement beside the requests. */
@Injectable()
export class Denylist implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new DenylistLog();
  private readonly nodeClock = new SystemNodeClock();
  private readonly copy: RedisCopy | undefined;
  private readonly node: DenylistNode;
  private readonly postgres: BatchedRevocations;
  private readonly upkeep: Upkeep;
  private readonly answered = { redis: 0, postgres: 0 };
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    database: Database,
    private readonly watch: WatchConnection,
    clock: Clock,
    @Inject(CONFIG) { redisUrl }: Config,
  ) {
    if (redisUrl !== undefined)
      this.copy = new RedisCopy(redisUrl, (reachable, detail) => this.log.reached(reachable, detail));
    const truth = new Truth(database, clock);
    this.node = new DenylistNode(truth, this.copy, this.nodeClock, clock, this.log);
    this.postgres = new BatchedRevocations(database);
    this.upkeep = new Upkeep(this.node, truth, this.copy, watch, this.nodeClock, clock, this.log);
  }

  /** What revokes the session, or undefined where nothing does. Throws where neither of the two can answer. */
  async valueOf(sid: SessionId): Promise<string | undefined> {
    const { source, value } = await this.node.valueOf(sid, this.ask);
    this.answered[source]++;
    return value;
  }

  /** Settles when every node refuses what these entries revoke; called when they are committed. */
  revoke(entries: readonly Entry[]): Promise<void> {
    return this.node.revoke(entries);
  }

  /** Questions answered since the start, by who answered them. */
  get answers(): Readonly<Record<'redis' | 'postgres', number>> {
    return this.answered;
  }

  /** Which of the two answers now, and why. */
  status(): DenylistStatus {
    const { lease } = this.node;
    const reason = this.postgresReason();
    return {
      source: reason === undefined ? 'redis' : 'postgres',
      reason,
      leaseAgeMs: lease && this.nodeClock.monotonic() - lease.start,
      unpublished: lease?.redisId ? lease.unpublished.size : undefined,
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.watch.listen(CHANNEL, () => void this.look()).catch(() => undefined);
    await this.look();
    this.plan();
    await this.upkeep.settled();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.upkeep.stop();
    this.copy?.close();
  }

  private readonly ask = (sid: SessionId): Promise<string | undefined> => this.postgres.valueOf(sid);

  /** Every second from the last one's beginning, however long it takes: a slow answer must not delay the next look. */
  private plan(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      void this.look();
      this.plan();
    }, LOOK_EVERY_MS);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    if (this.stopped) return;
    try {
      const lease = await this.node.look(this.watch);
      this.log.looked();
      this.upkeep.run(lease);
    } catch (error) {
      if (!this.stopped) this.log.failed('look', error);
    }
  }

  private postgresReason(): PostgresReason | undefined {
    if (!this.copy) return 'not_configured';
    const lease = this.node.liveLease;
    if (!lease) return 'no_lease';
    if (!this.copy.reachable) return 'redis_unreachable';
    if (this.upkeep.evicting) return 'evicting';
    return lease.redisId === null ? 'untrusted' : undefined;
  }
}
