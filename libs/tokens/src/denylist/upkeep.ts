import type { Clock } from '@gatehouse/kernel';
import type { Runner, Statement } from '@gatehouse/database';
import type { Copy } from './copy.js';
import { contradiction, type DenylistNode } from './denylist-node.js';
import type { Lease } from './lease.js';
import type { NodeClock } from './node-clock.js';
import type { Report } from './report.js';
import type { Truth } from './truth.js';

/** Any constant that no other advisory lock of this database has: "deny" as a number. */
const FILL_LOCK = 0x64656e79;
const tryLock: Statement = {
  name: 'denylist.try-lock',
  text: `SELECT pg_try_advisory_lock(${FILL_LOCK}) AS locked`,
};
const unlock: Statement = { name: 'denylist.unlock', text: `SELECT pg_advisory_unlock(${FILL_LOCK})` };

/** How long what has ended is kept all the same: far more than nodes' clocks differ. */
const SWEEP_MARGIN_MS = 300_000;
const SWEEP_EVERY_MS = 60_000;
/** How many looks in a row may find another node at the fill: it may have been stopped in the middle of it. */
const LOCKED_MOST = 15;
/** A fill that failed is tried again after one look, then after two, four and so on up to this many. */
const FILL_PAUSE_MOST = 8;

/** What a node does for the denylist after a look: one run at a time, and none of it in a request's way. */
export class Upkeep {
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  private filling: Promise<void> | undefined;
  private fillPause = 1;
  private fillSkips = 0;
  private locked = 0;
  private sweptAt = -Infinity;
  private policyBad = false;

  constructor(
    private readonly node: DenylistNode,
    private readonly truth: Truth,
    private readonly copy: Copy | undefined,
    /** Where the advisory lock is held: the connection whose end releases it. */
    private readonly locks: Runner,
    private readonly nodeClock: NodeClock,
    private readonly clock: Clock,
    private readonly report: Report & { policy(name: string, good: boolean): void },
  ) {}

  /** Whether the server may evict what it holds. */
  get evicting(): boolean {
    return this.policyBad;
  }

  /** Does what this lease shows to be due; where the last run still goes on, nothing. */
  run(lease: Lease): void {
    this.running ??= this.once(lease)
      .catch((error: unknown) => this.report.failed('upkeep', error))
      .finally(() => (this.running = undefined));
  }

  /** Settles when what goes on now, but for a fill, is done. */
  async settled(): Promise<void> {
    await this.running;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.running, this.filling]);
  }

  private async once(lease: Lease): Promise<void> {
    const usable = await this.probe(lease);
    await this.node.publish(lease);
    await this.node.distrustUnreached(lease);
    if (usable && lease.redisId === null) this.fill(lease);
    await this.sweep();
  }

  /** Whether the server answers and may be trusted; one that contradicts the lease is distrusted. */
  private async probe({ redisId }: Lease): Promise<boolean> {
    const batch = await this.copy?.probe();
    if (!batch) return false;
    // A server that was demoted or replaced keeps its connections; the address may lead to another by now.
    const wrong =
      batch.ok && (batch.identity === undefined || (redisId ?? batch.identity) !== batch.identity);
    if (wrong) this.copy?.leave();
    const reason = redisId === null ? undefined : contradiction(batch, redisId);
    if (redisId !== null && reason !== undefined) await this.node.distrust(redisId, reason);
    if (!batch.ok || batch.identity === undefined) return false;
    const { policy } = batch.result;
    this.policyBad = policy !== 'noeviction';
    this.report.policy(policy, !this.policyBad);
    if (this.policyBad && redisId !== null)
      await this.node.distrust(redisId, `its maxmemory-policy is ${policy}: it may lose entries`);
    return !this.policyBad;
  }

  /** Beside the looks, since it takes seconds. The lock saves work, no more: the epoch decides who trusts. */
  private fill(lease: Lease): void {
    if (this.filling || this.fillSkips-- > 0) return;
    this.filling = this.filled(lease)
      .then((done) => this.paused(done))
      .catch((error: unknown) => {
        this.paused(false);
        this.report.failed('upkeep', error);
      })
      .finally(() => (this.filling = undefined));
  }

  private async filled(lease: Lease): Promise<boolean> {
    const [row] = await this.locks.run<{ locked: boolean }>(tryLock, []);
    const mine = row?.locked === true;
    // Another node is at it: its success shows at the next look.
    if (!mine && ++this.locked < LOCKED_MOST) return true;
    this.locked = 0;
    try {
      return await this.node.fill(lease, this.stopping.signal);
    } finally {
      if (mine) await this.locks.run(unlock, []).catch(() => undefined);
    }
  }

  private paused(done: boolean): void {
    this.fillSkips = done ? 0 : this.fillPause;
    this.fillPause = done ? 1 : Math.min(this.fillPause * 2, FILL_PAUSE_MOST);
  }

  private async sweep(): Promise<void> {
    const now = this.nodeClock.monotonic();
    if (now - this.sweptAt < SWEEP_EVERY_MS) return;
    this.sweptAt = now;
    await this.truth.sweep(SWEEP_MARGIN_MS);
    const turned = this.clock.offsetMs - this.clock.lowestOffsetMs;
    if (this.copy?.reachable) await this.copy.sweep(this.clock.now() - turned - SWEEP_MARGIN_MS);
  }
}
