import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { Database } from '@gatehouse/database';
import { Throttle } from '@gatehouse/guessing';
import { Denylist } from '@gatehouse/tokens';
import { PasswordHasher } from '@gatehouse/users';
import { ExpiredRows } from '../expired-rows.service.js';
import { RequestMetrics } from './request-metrics.js';
import { StoredFigures } from './stored-figures.service.js';

/**
 * prom-client looks at the event loop every 10 ms and begins anew after each scrape: it takes two looks until it can
 * tell how far they are apart. A pause of this length has one in it, however busy the loop is.
 */
const LOOK_MS = 20;

/** What Prometheus reads. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

/** This service's figures in Prometheus's text format, https://prometheus.io/docs/instrumenting/exposition_formats/ */
@Injectable()
export class Metrics {
  private registry: Promise<Registry> | undefined;
  private exposing: Promise<Exposition> | undefined;

  constructor(
    private readonly requests: RequestMetrics,
    private readonly hasher: PasswordHasher,
    private readonly database: Database,
    private readonly denylist: Denylist,
    private readonly stored: StoredFigures,
    private readonly throttle: Throttle,
    private readonly expired: ExpiredRows,
  ) {}

  /**
   * The figures of now. Takes about a second where PostgreSQL hangs, and throws nothing on its account. Scrapes that
   * overlap get the same answer, so that nobody keeps the service busy with them.
   */
  expose(): Promise<Exposition> {
    this.exposing ??= this.collect().finally(() => (this.exposing = undefined));
    return this.exposing;
  }

  private async collect(): Promise<Exposition> {
    this.registry ??= this.load();
    const registry = await this.registry;
    for (let looks = 0; looks < 2; looks++) await sleep(LOOK_MS);
    return { contentType: registry.contentType, text: await registry.metrics() };
  }

  /** At the first scrape: prom-client takes 40 ms to load, which no start waits for. Requests are counted before. */
  private async load(): Promise<Registry> {
    const { makeRegistry } = await import('./registry.js');
    const { requests, hasher, database, denylist, stored, throttle, expired } = this;
    return makeRegistry({ requests, hasher, database, denylist, stored, throttle, expired });
  }
}
