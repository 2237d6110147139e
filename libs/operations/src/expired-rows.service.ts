import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Sweep, Sweeps } from '@gatehouse/database';
import { Random } from '@gatehouse/kernel';

/** Rows that one statement removes at the most: it is done within milliseconds. */
const BATCH = 500;
/** Between two batches the database is left to those who wait for an answer. */
const PAUSE_MS = 50;
/** What is left after so many of one kind is for the next run: no kind keeps the others waiting for long. */
const BATCHES_MOST = 100;
/** From one run to the next, and half as much again at random: nodes that started together drift apart. */
const EVERY_MS = 45_000;

/**
 * Removes what has expired, beside the requests and never in their way: in small batches that skip what somebody holds,
 * one at a time on each node. Any number of nodes may do it at once; a node that is killed leaves the rest to them.
 */
@Injectable()
export class ExpiredRows implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('ExpiredRows');
  private readonly stopped = new AbortController();
  private readonly failing = new Set<string>();
  private readonly counts = new Map<string, number>();
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sweeps: Sweeps,
    private readonly random: Random,
  ) {}

  onApplicationBootstrap(): void {
    this.plan();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped.abort();
    clearTimeout(this.timer);
    await this.running;
  }

  /** How many rows this node has removed since its start, by kind. */
  get removed(): ReadonlyMap<string, number> {
    return new Map(this.sweeps.all.map(({ name }) => [name, this.counts.get(name) ?? 0]));
  }

  /** Removes what has expired by now; a run that goes on already is waited for instead. Never throws. */
  run(): Promise<void> {
    this.running ??= this.sweepAll().finally(() => (this.running = undefined));
    return this.running;
  }

  private plan(): void {
    if (this.stopped.signal.aborted) return;
    const jitter = this.random.bytes(2).readUInt16BE() / 0x1_0000;
    this.timer = setTimeout(() => void this.run().finally(() => this.plan()), EVERY_MS * (1 + jitter / 2));
    this.timer.unref();
  }

  private async sweepAll(): Promise<void> {
    for (const sweep of this.sweeps.all) await this.sweepOne(sweep);
  }

  /** One kind that fails does not keep the others from being removed; it is told once, not at every run. */
  private async sweepOne(sweep: Sweep): Promise<void> {
    try {
      for (let batches = 0; batches < BATCHES_MOST && !this.stopped.signal.aborted; batches++) {
        const removed = await sweep.removeSome(BATCH);
        this.counts.set(sweep.name, (this.counts.get(sweep.name) ?? 0) + removed);
        if (removed === 0) break;
        await sleep(PAUSE_MS, undefined, { ref: false, signal: this.stopped.signal }).catch(() => undefined);
      }
      if (this.failing.delete(sweep.name)) this.logger.log({ event: 'sweep_works_again', what: sweep.name });
    } catch (error) {
      if (!this.failing.has(sweep.name)) this.logger.warn({ event: 'sweep_failed', what: sweep.name, error });
      this.failing.add(sweep.name);
    }
  }
}
