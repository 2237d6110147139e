import type { Histogram, MetricValueWithName } from 'prom-client';
import { BUCKETS_MS, type RequestMetrics, type Series } from './request-metrics.js';

type Labels = 'contract' | 'route' | 'method' | 'status' | 'le';

const NAME = 'gatehouse_http_request_duration_seconds';
const HELP =
  'Requests that were answered, and how long that took, from their head to the last byte of the answer. ' +
  'route is a pattern, or none; contract is service where a path belongs to none';

/**
 * The requests as a histogram of Prometheus's. prom-client's own can only be observed into, one value at a time; a
 * registry takes whatever gives values when it is asked.
 */
export const requestHistogram = (requests: RequestMetrics): Histogram<Labels> =>
  ({
    name: NAME,
    get: () =>
      Promise.resolve({
        name: NAME,
        help: HELP,
        type: 'histogram',
        aggregator: 'sum',
        values: [...requests.series()].flatMap(valuesOf),
      }),
  }) as unknown as Histogram<Labels>;

function valuesOf({ latencies, ...labels }: Series): MetricValueWithName<Labels>[] {
  let below = 0;
  const buckets = latencies.counts.map((count, bucket) => {
    below += count;
    const bound = BUCKETS_MS[bucket];
    const le = bound === undefined ? '+Inf' : bound / 1_000;
    return { metricName: `${NAME}_bucket`, labels: { ...labels, le }, value: below };
  });
  return [
    ...buckets,
    { metricName: `${NAME}_sum`, labels, value: latencies.sum / 1_000 },
    { metricName: `${NAME}_count`, labels, value: below },
  ];
}
