import { randomBytes } from 'node:crypto';
import type { Clock, SessionId } from '@gatehouse/kernel';
import type { Runner } from '@gatehouse/database';
import { holdsFrom, laterOf } from '../revocation-value.js';
import type { Batch, Copy, Entry } from './copy.js';
import { isLive, type Lease, WAIT_MS } from './lease.js';
import type { NodeClock } from './node-clock.js';
import type { Report } from './report.js';
import type { Truth } from './truth.js';

/** Unpublished for so long, a row shows that nobody reaches the trusted server: publishing takes a second or two. */
const STUCK_MS = 10_000;

/** The epoch at which no server has ever been trusted. */
const NEVER = '0';

/**
 * One node's part in the agreement about revocations (docs/revocation.md, whose words these are). PostgreSQL holds the
 * truth; a Redis server holds a copy, which is asked only while this node has a lease that says which server is
 * trusted. Every method may be interrupted at every `await` by anything, a pause or a crash included.
 */
export class DenylistNode {
  private current: Lease | undefined;
  /** When this node first knew that no server was trusted at this epoch. */
  private untrusted: { readonly epoch: string; readonly since: number } | undefined;
  /** Unpublished rows by when this node first saw them. */
  private seen = new Map<string, number>();
  private readonly distrusting = new Set<string>();

  constructor(
    private readonly truth: Truth,
    /** Undefined: this node has no Redis. */
    private readonly copy: Copy | undefined,
    private readonly nodeClock: NodeClock,
    private readonly clock: Clock,
    private readonly report: Report,
  ) {}

  get lease(): Lease | undefined {
    return this.current;
  }

  /** The lease where it may be relied upon now. */
  get liveLease(): Lease | undefined {
    return this.current && isLive(this.current, this.nodeClock) ? this.current : undefined;
  }

  /**
   * Reads which server is trusted, and what it may not hold yet. The lease is replaced as one object, by a newer look
   * alone. Throws where PostgreSQL does not answer: the lease then runs out by itself.
   */
  async look(runner: Runner): Promise<Lease> {
    const [start, wallStart] = [this.nodeClock.monotonic(), this.nodeClock.wall()];
    const look = await this.truth.look(runner);
    const lease: Lease = { ...look, start, wallStart };
    if (this.current && start <= this.current.start) return this.current;
    this.current = lease;
    this.noteUntrusted(lease);
    return lease;
  }

  /**
   * Validate: what revokes the session, or undefined where nothing does. By the copy where a live lease says that its
   * server is trusted and the copy is complete, together with what the lease knew to be unpublished; else by
   * `ask`, PostgreSQL. The lease is captured here, once, after the request was received.
   */
  async valueOf(sid: SessionId, ask: (sid: SessionId) => Promise<string | undefined>): Promise<Answer> {
    const lease = this.liveLease;
    if (this.copy?.reachable && lease && lease.redisId !== null) {
      const batch = await this.copy.read(sid);
      if (batch.ok && batch.identity === lease.redisId && batch.result.marker === lease.redisId) {
        // No look at the lease any more: a pause since then is harmless.
        const value = laterOf(batch.result.value, lease.unpublished.get(sid)?.value);
        return { source: 'redis', value };
      }
      this.contradicts(batch, lease.redisId);
    }
    return { source: 'postgres', value: await ask(sid) };
  }

  /**
   * Revoke: settles when every node refuses what these entries revoke. To be called when the transaction that wrote
   * them has committed. Either the trusted server's copy holds them, or every node has had the time to read them.
   */
  async revoke(entries: readonly Entry[]): Promise<void> {
    const committed = this.nodeClock.monotonic();
    const waited = new AbortController();
    const wait = this.nodeClock.wait(WAIT_MS, waited.signal);
    try {
      const published = this.publishAfterCommit(entries, committed).then(async (done) => {
        if (!done) await wait;
      });
      // PostgreSQL may hang after the copy was written: the wait is enough by itself.
      await Promise.race([published, wait]);
    } finally {
      waited.abort();
    }
  }

  /** Whether the entries may be acknowledged without waiting. */
  private async publishAfterCommit(entries: readonly Entry[], committed: number): Promise<boolean> {
    // What holds from a moment that every node will have read of by then need not be waited for.
    const urgent = entries.some(({ value }) => holdsFrom(value) < this.clock.now() + WAIT_MS);
    try {
      const lease = this.liveLease;
      if (this.copy?.reachable && lease && lease.redisId !== null) {
        const batch = await this.copy.write(entries);
        this.contradicts(batch, lease.redisId);
        if (batch.ok && batch.identity === lease.redisId) {
          await this.truth.markPublished(entries);
          return true;
        }
      }
      return !urgent || (await this.nobodyTrusts(committed));
    } catch (error) {
      this.report.failed('revoke', error);
      return !urgent;
    }
  }

  /**
   * Whether no node can have a live lease that names a server and lacks what was committed by `committed`: none was
   * trusted at the commit or is now, and that had been so for longer than a lease lives. A server that is trusted later
   * is named only together with the row that was committed before.
   */
  private async nobodyTrusts(committed: number): Promise<boolean> {
    const { redisId, epoch } = await this.truth.trusted();
    if (redisId !== null) return false;
    if (epoch === NEVER) return true;
    return this.untrusted?.epoch === epoch && committed - this.untrusted.since >= WAIT_MS;
  }

  /**
   * Distrust: where a batch shows that the server is not the trusted one, that its copy is not complete, or that it
   * takes no writes. A time-out shows none of these.
   */
  private contradicts(batch: Batch<{ readonly marker?: string | undefined }>, redisId: string): void {
    const reason = contradiction(batch, redisId);
    if (reason !== undefined) void this.distrust(redisId, reason);
  }

  /** Trusts `redisId` no longer, on every node; never throws: the next contradiction tries again. */
  async distrust(redisId: string, reason: string): Promise<void> {
    if (this.distrusting.has(redisId)) return;
    this.distrusting.add(redisId);
    try {
      if (await this.truth.distrust(redisId)) this.report.distrusted(reason);
    } catch (error) {
      this.report.failed('distrust', error);
    } finally {
      this.distrusting.delete(redisId);
    }
  }

  /**
   * Fill: makes the copy complete and trusts its server. `lease` says that none is trusted. Gives whether it is now;
   * a fill that fails leaves nothing behind that the next one would mind.
   */
  async fill({ epoch }: Lease, signal?: AbortSignal): Promise<boolean> {
    if (!this.copy) return false;
    // Every lease that names the server which was trusted before must be over.
    await this.nodeClock.wait(this.waitLeft(epoch), signal);
    if (signal?.aborted || (await this.truth.trusted()).epoch !== epoch) return false;
    const token = `filling:${randomBytes(16).toString('hex')}`;
    const begun = await this.copy.begin(token);
    if (!begun.ok || begun.identity === undefined) return this.gaveUp(begun);
    const id = begun.identity;
    // Only now: what is committed after this read is unpublished when the server becomes trusted.
    for await (const page of this.truth.live()) {
      const written = await this.copy.write(page);
      if (!written.ok || written.identity !== id) return this.gaveUp(written);
      if (signal?.aborted) return false;
    }
    const completed = await this.copy.complete(token, id);
    if (!completed.ok || completed.identity !== id) return this.gaveUp(completed);
    if (!completed.result.completed)
      return this.gaveUp(completed, 'another node fills it, or it was emptied');
    const trusted = await this.truth.trust(id, epoch);
    if (trusted) this.report.trusted();
    return trusted;
  }

  /**
   * Publish: writes what a node that died, or does not reach Redis, has left. A row is left where two looks have seen
   * it; its own node publishes it in the meantime. No live lease is needed.
   */
  async publish({ redisId, unpublished }: Lease): Promise<void> {
    const left = this.leftOver(unpublished);
    if (!this.copy?.reachable || redisId === null || left.length === 0) return;
    for (let at = 0; at < left.length; at += 500) {
      const entries = left.slice(at, at + 500);
      const batch = await this.copy.write(entries);
      this.contradicts(batch, redisId);
      if (!batch.ok || batch.identity !== redisId) return;
      await this.truth.markPublished(entries);
      // It was reached, however long that took.
      for (const entry of entries) this.seen.delete(keyOf(entry));
    }
    this.report.published(left.length);
  }

  /** Distrusts a server that nobody has reached for so long that rows stay unpublished. Any node may, without Redis. */
  async distrustUnreached({ redisId, unpublished }: Lease): Promise<void> {
    if (redisId === null) return;
    const stuck = this.nodeClock.monotonic() - STUCK_MS;
    for (const [sid, { value }] of unpublished)
      if ((this.seen.get(keyOf({ sid, value })) ?? Infinity) < stuck)
        return this.distrust(redisId, 'no node has reached it for 10 s');
  }

  /** What the look before saw as well; and notes what this one saw. */
  private leftOver(unpublished: Lease['unpublished']): Entry[] {
    const now = this.nodeClock.monotonic();
    const seen = new Map<string, number>();
    const left: Entry[] = [];
    for (const [sid, row] of unpublished) {
      const key = keyOf({ sid, ...row });
      const since = this.seen.get(key);
      if (since !== undefined) left.push({ sid, ...row });
      seen.set(key, since ?? now);
    }
    this.seen = seen;
    return left;
  }

  private noteUntrusted({ redisId, epoch }: Lease): void {
    if (redisId !== null) this.untrusted = undefined;
    else if (this.untrusted?.epoch !== epoch) this.untrusted = { epoch, since: this.nodeClock.monotonic() };
  }

  /** What is left of the wait since this node saw that none is trusted; none ever was at the first epoch. */
  private waitLeft(epoch: string): number {
    if (epoch === NEVER) return 0;
    const since = this.untrusted?.epoch === epoch ? this.untrusted.since : this.nodeClock.monotonic();
    return since + WAIT_MS - this.nodeClock.monotonic();
  }

  private gaveUp(batch: Batch<unknown>, why?: string): false {
    this.report.notFilled(why ?? (batch.ok ? 'the server is no master, or was replaced' : batch.detail));
    return false;
  }
}

const keyOf = ({ sid, value }: Pick<Entry, 'sid' | 'value'>): string => `${sid} ${value}`;

/** What revokes a session, and who said so. */
export interface Answer {
  readonly source: 'redis' | 'postgres';
  readonly value: string | undefined;
}

/** Why a batch shows that `redisId` must not be trusted any longer; undefined where it does not show that. */
export function contradiction(
  batch: Batch<{ readonly marker?: string | undefined }>,
  redisId: string,
): string | undefined {
  if (!batch.ok) return batch.why === 'refused' ? batch.detail : undefined;
  if (batch.identity === undefined) return 'it is no master';
  if (batch.identity !== redisId) return 'it was restarted or replaced by another server';
  if (batch.result.marker !== redisId) return 'its copy was lost or is not complete';
  return undefined;
}
