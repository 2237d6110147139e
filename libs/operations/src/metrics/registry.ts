import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Database } from '@gatehouse/database';
import type { Throttle } from '@gatehouse/guessing';
import type { Denylist } from '@gatehouse/tokens';
import type { PasswordHasher } from '@gatehouse/users';
import type { ExpiredRows } from '../expired-rows.service.js';
import { requestHistogram } from './request-histogram.js';
import type { RequestMetrics } from './request-metrics.js';
import type { StoredFigures } from './stored-figures.service.js';

/** What the figures are taken from, at each scrape. */
export interface Sources {
  readonly requests: RequestMetrics;
  readonly hasher: PasswordHasher;
  readonly database: Database;
  readonly denylist: Denylist;
  readonly stored: StoredFigures;
  readonly throttle: Throttle;
  readonly expired: ExpiredRows;
}

/** Everything that /metrics tells (docs/metrics.md): one of each service, and not prom-client's global one. */
export function makeRegistry(sources: Sources): Registry {
  const registry = new Registry();
  registry.registerMetric(requestHistogram(sources.requests));
  addHashes(registry, sources);
  addDatabase(registry, sources);
  addDenylist(registry, sources);
  addThrottle(registry, sources);
  collectDefaultMetrics({ register: registry });
  return registry;
}

function addHashes(registry: Registry, { hasher }: Sources): void {
  const registers = [registry];
  new Gauge({
    name: 'gatehouse_password_hashes_running',
    help: 'Password hashes that are being computed; HASH_CONCURRENCY at the most',
    registers,
    collect() {
      this.set(hasher.load.running);
    },
  });
  new Gauge({
    name: 'gatehouse_password_hashes_waiting',
    help: 'Password hashes that wait for one of those to end; 64 for each of HASH_CONCURRENCY at the most',
    registers,
    collect() {
      this.set(hasher.load.waiting);
    },
  });
  new Counter({
    name: 'gatehouse_password_hashes_shed_total',
    help: 'Password hashes that found the queue full: their requests were answered 503',
    registers,
    collect() {
      this.reset();
      this.inc(hasher.load.shed);
    },
  });
}

function addDatabase(registry: Registry, { database, stored, expired }: Sources): void {
  const registers = [registry];
  new Gauge({
    name: 'gatehouse_postgres_connections',
    help: 'Open connections to PostgreSQL, busy or idle; DATABASE_POOL together at the most',
    labelNames: ['state'],
    registers,
    collect() {
      const { total, idle } = database.connections;
      this.set({ state: 'busy' }, total - idle);
      this.set({ state: 'idle' }, idle);
    },
  });
  new Gauge({
    name: 'gatehouse_postgres_connections_waiting',
    help: 'Statements and transactions that wait for a connection to PostgreSQL',
    registers,
    collect() {
      this.set(database.connections.waiting);
    },
  });
  new Gauge({
    name: 'gatehouse_postgres_up',
    help: 'Whether PostgreSQL answered this scrape in time: 1 or 0',
    registers,
    async collect() {
      this.set((await stored.look()) ? 1 : 0);
    },
  });
  new Gauge({
    name: 'gatehouse_mails_owed',
    help: 'Mails that are neither sent nor given up, of all nodes together; left out where PostgreSQL does not answer',
    registers,
    async collect() {
      setOrLeaveOut(this, (await stored.look())?.owed);
    },
  });
  new Counter({
    name: 'gatehouse_expired_rows_removed_total',
    help: 'Rows that were removed because nobody needs them any more, by what they were',
    labelNames: ['kind'],
    registers,
    collect() {
      this.reset();
      for (const [kind, rows] of expired.removed) this.inc({ kind }, rows);
    },
  });
}

function addDenylist(registry: Registry, { denylist, stored }: Sources): void {
  const registers = [registry];
  new Gauge({
    name: 'gatehouse_denylist_source',
    help: 'Which store answers whether a token is revoked, redis or postgres, and why PostgreSQL does; 1 for the one in use',
    labelNames: ['source', 'reason'],
    registers,
    collect() {
      const { source, reason = '' } = denylist.status();
      this.reset();
      this.set({ source, reason }, 1);
    },
  });
  new Counter({
    name: 'gatehouse_denylist_answers_total',
    help: 'Tokens of which Redis or PostgreSQL was asked whether they are revoked, by which of the two answered',
    labelNames: ['source'],
    registers,
    collect() {
      this.reset();
      const { redis, postgres } = denylist.answers;
      this.inc({ source: 'redis' }, redis);
      this.inc({ source: 'postgres' }, postgres);
    },
  });
  new Gauge({
    name: 'gatehouse_denylist_lease_age_seconds',
    help: 'How old the knowledge is of which Redis server is trusted; above 3 it is not used; left out where there is none',
    registers,
    collect() {
      const { leaseAgeMs } = denylist.status();
      setOrLeaveOut(this, leaseAgeMs === undefined ? undefined : leaseAgeMs / 1_000);
    },
  });
  new Gauge({
    name: 'gatehouse_revocations_unpublished',
    help: 'Live revocations that Redis is not known to hold, of all nodes together; 0 without REDIS_URL; left out where PostgreSQL does not answer',
    registers,
    async collect() {
      const figures = await stored.look();
      const none = denylist.status().reason === 'not_configured';
      setOrLeaveOut(this, none ? 0 : figures?.unpublished);
    },
  });
}

function addThrottle(registry: Registry, { throttle }: Sources): void {
  new Counter({
    name: 'gatehouse_throttled_total',
    help: 'Requests beyond a limit: answered 429, or as if sent where act is mail and scope is target',
    labelNames: ['act', 'scope'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { act, scope, count } of throttle.refused) this.inc({ act, scope }, count);
    },
  });
}

/** Without a value there is no line, which says more than a wrong 0. */
function setOrLeaveOut(gauge: Gauge, value: number | undefined): void {
  if (value === undefined) gauge.remove();
  else gauge.set(value);
}
