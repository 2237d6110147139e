import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { prefixOf } from '@gatehouse/contract-kit';

/** Upper bounds of the latency buckets, in milliseconds; what took longer is in a last one without a bound. */
export const BUCKETS_MS: readonly number[] = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000];

/** The methods that routes here have. Every other one is `other`: clients must not be able to make labels. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** The contract of paths that belong to none. */
const SERVICE = 'service';
/** The route of requests that found none. */
const NO_ROUTE = 'none';

/** How long requests took: how many fell into each bucket (and not into one below it), and their sum in milliseconds. */
export class Latencies {
  readonly counts = new Array<number>(BUCKETS_MS.length + 1).fill(0);
  sum = 0;

  add(ms: number): void {
    let bucket = 0;
    while (ms > (BUCKETS_MS[bucket] ?? Infinity)) bucket++;
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
    this.sum += ms;
  }
}

/** The requests of one contract, route, method and status. */
export interface Series {
  readonly contract: string;
  /** The route's pattern, never the URL: a path may hold a mailed token. `none` where no route was found. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly latencies: Latencies;
}

/** One route's series, by method and status. */
type Methods = Map<string, Map<number, Series>>;

/**
 * How many requests there were and how long they took, since the start. Plain counters, which /metrics reads: they
 * cost a request 0.2 µs, a labelled histogram of prom-client's 0.7 µs.
 */
export class RequestMetrics {
  /** By the route's pattern; requests without one by their contract's id, which is spelled like no pattern. */
  private readonly routes = new Map<string, Methods>();
  private readonly contracts: ReadonlySet<string>;

  /** @param contracts the ids of those that are mounted */
  constructor(contracts: readonly string[]) {
    this.contracts = new Set(contracts);
  }

  /** Counts every request that `fastify` answers from now on. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      this.count(request, reply);
      done();
    });
  }

  /** Counts a request that has been answered. */
  readonly count = (request: FastifyRequest, reply: FastifyReply): void => {
    const { url: pattern } = request.routeOptions;
    const method = METHODS.has(request.method) ? request.method : 'other';
    const statuses = this.routes.get(pattern ?? this.contractOf(request.url))?.get(method);
    const series =
      statuses?.get(reply.statusCode) ?? this.add(pattern, request.url, method, reply.statusCode);
    series.latencies.add(reply.elapsedTime);
  };

  /** Those that have occurred, grouped by route. */
  *series(): Generator<Series> {
    for (const methods of this.routes.values())
      for (const statuses of methods.values()) yield* statuses.values();
  }

  private add(pattern: string | undefined, url: string, method: string, status: number): Series {
    const contract = this.contractOf(pattern ?? url);
    const series = { contract, route: pattern ?? NO_ROUTE, method, status, latencies: new Latencies() };
    const methods = getOrMake(this.routes, pattern ?? contract, () => new Map() as Methods);
    getOrMake(methods, method, () => new Map<number, Series>()).set(status, series);
    return series;
  }

  private contractOf(url: string): string {
    return prefixOf(url, this.contracts) ?? SERVICE;
  }
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
