import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Registry } from 'prom-client';
import { requestHistogram } from './request-histogram.js';
import { BUCKETS_MS, Latencies, RequestMetrics } from './request-metrics.js';

describe('the latencies of one series', () => {
  const bucketOf = (ms: number): number => {
    const latencies = new Latencies();
    latencies.add(ms);
    return latencies.counts.indexOf(1);
  };

  it.each(BUCKETS_MS.map((bound, bucket) => [bound, bucket]))(
    '%d ms are still in the bucket of that bound, and a little more is in the next',
    (bound, bucket) => {
      expect(bucketOf(bound)).toBe(bucket);
      expect(bucketOf(bound * 1.0001)).toBe(bucket + 1);
    },
  );

  it('begin with 0 and have no end', () => {
    expect(bucketOf(0)).toBe(0);
    expect(bucketOf(3_600_000)).toBe(BUCKETS_MS.length);
  });

  it('are counted and summed', () => {
    const latencies = new Latencies();
    for (const ms of [0.2, 0.3, 7, 6_000]) latencies.add(ms);
    expect(latencies.counts).toEqual([2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(latencies.sum).toBeCloseTo(6_007.5);
  });
});

describe('requests', () => {
  let app: FastifyInstance;
  let metrics: RequestMetrics;
  beforeEach(async () => {
    metrics = new RequestMetrics(['camel', 'pages']);
    app = fastify({
      frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
        void reply.code(400).send();
        metrics.count(request, reply);
      },
    });
    metrics.watch(app);
    app.get('/camel/users/:id', (_request, reply) => reply.send('here'));
    app.post('/camel/users/:id', (_request, reply) => reply.code(409).send());
    app.get('/camels', (_request, reply) => reply.send('others'));
    app.options('*', (_request, reply) => reply.code(204).send());
    await app.ready();
  });
  afterEach(() => app.close());

  const counted = (): string[] =>
    [...metrics.series()]
      .map(({ contract, route, method, status, latencies }) =>
        [contract, route, method, status, latencies.counts.reduce((sum, count) => sum + count)].join(' '),
      )
      .sort();
  const ask = (method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'OPTIONS', url: string) =>
    app.inject({ method, url });

  it("are counted by contract, by the route's pattern, by method and by status", async () => {
    for (const id of ['1', '2', 'secret?token=secret']) await ask('GET', `/camel/users/${id}`);
    await ask('HEAD', '/camel/users/1');
    await ask('POST', '/camel/users/1');
    await ask('GET', '/camels');
    expect(counted()).toEqual([
      'camel /camel/users/:id GET 200 3',
      'camel /camel/users/:id HEAD 200 1',
      'camel /camel/users/:id POST 409 1',
      'service /camels GET 200 1',
    ]);
  });

  it('have one route where they found none, with their contract where it has one', async () => {
    for (const path of ['/a', '/b', '/', '//', '/camelid', '/__proto__', '/constructor'])
      await ask('GET', path);
    for (const path of ['/camel', '/camel/a', '/camel?b', '/camel/%zz']) await ask('GET', path);
    await ask('PUT', '/camel/users/1');
    await ask('GET', '/pages/a');
    await ask('GET', '/%zz');
    expect(counted()).toEqual([
      'camel none GET 400 1',
      'camel none GET 404 3',
      'camel none PUT 404 1',
      'pages none GET 404 1',
      'service none GET 400 1',
      'service none GET 404 7',
    ]);
  });

  it('have the method other where no route here could have it', async () => {
    for (const method of ['TRACE', 'PROPFIND', 'MKCOL', 'PURGE'])
      await app.inject({ method: method as 'GET', url: '/camel/users/1' });
    await ask('OPTIONS', '/camel/users/1');
    expect(counted()).toEqual(['camel none other 404 4', 'service * OPTIONS 204 1']);
  });

  it('are told as a histogram of Prometheus: buckets hold those below them, in seconds', async () => {
    for (let i = 0; i < 3; i++) await ask('GET', '/camels');
    const [series] = [...metrics.series()];
    series?.latencies.counts.splice(0, 14, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    if (series) series.latencies.sum = 6_001.5;
    const registry = new Registry();
    registry.registerMetric(requestHistogram(metrics));
    const name = 'gatehouse_http_request_duration_seconds';
    const labels = 'contract="service",route="/camels",method="GET",status="200"';
    const lines = (await registry.metrics()).split('\n').filter((line) => !line.startsWith('# HELP'));
    const bounds = ['0.0005', '0.001', '0.0025', '0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5'];
    expect(lines).toEqual([
      `# TYPE ${name} histogram`,
      ...[...bounds, '1', '2.5', '5'].map(
        (bound, i) => `${name}_bucket{${labels},le="${bound}"} ${i === 0 ? 0 : 2}`,
      ),
      `${name}_bucket{${labels},le="+Inf"} 3`,
      `${name}_sum{${labels}} 6.0015`,
      `${name}_count{${labels}} 3`,
      '',
    ]);
  });
});
