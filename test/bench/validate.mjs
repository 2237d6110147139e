// How fast an access token is validated, as a share of what a bare Fastify route answers in the same run, on the same
// machine, to the same requests. Needs wrk, redis-server and what `npm run build` makes.
import { openSessions, revokeAll, verifyAll } from './sessions.mjs';
import { Stage, until } from './processes.mjs';
import { assertWrk, load, rawRequest } from './wrk.mjs';

const TARGETS = { 'with Redis': 0.52, 'without Redis': 0.35 };
const USERS = 3;
const LIVE = 300;
const REVOKED = 3000;
const WARM_UP_S = 4;
const ROUNDS = 5;
const ROUND_S = 5;
const ASIDE_S = 3;

const VERIFY = '/v1/auth/token/verify';
const say = (text = '') => console.log(text);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const bearer = (token) => ({ authorization: `Bearer ${token}` });
const verify = (tokens, base = '') => tokens.map((token) => rawRequest('PUT', base + VERIFY, bearer(token)));
const validate = (tokens, base = '') =>
  tokens.map((token) =>
    rawRequest(
      'POST',
      `${base}/api/v1/auth/validate`,
      { 'content-type': 'application/json' },
      JSON.stringify({ token }),
    ),
  );

async function main(stage) {
  assertWrk();
  say('starting PostgreSQL, Redis, the service with and without Redis, and a bare Fastify route');
  const DATABASE_URL = await stage.postgres();
  const withRedis = await stage.service('with Redis', { DATABASE_URL, REDIS_URL: await stage.redis() });
  const without = await stage.service('without Redis', { DATABASE_URL });
  await until('the denylist in Redis', () => answersFromRedis(withRedis));

  const { live, revoked } = await prepareTokens(withRedis.url);
  const bodies = await check([withRedis, without], live, revoked);
  const bare = await stage.bareRoute(VERIFY, JSON.stringify(bodies[0]));
  say(`${live.length} live tokens, ${revoked.length} revoked ones; each was answered as it should be\n`);

  const measured = [bare, withRedis, without];
  const results = await rounds(stage, measured, verify(live));
  await check([withRedis, without], live, revoked);
  if (!(await answersFromRedis(withRedis))) throw new Error('Redis was given up in the meantime');
  const failed = report(results, bare);

  await asides(stage, withRedis, live, revoked, median(results.get(bare).map(({ rate }) => rate)));
  process.exitCode = failed ? 1 : 0;
}

/** Measures each in turn, again and again: what slows the machine for a while slows all of them. */
async function rounds(stage, measured, requests) {
  for (const each of measured) await load(each, requests, WARM_UP_S, stage.dir);
  const results = new Map(measured.map((each) => [each, []]));
  for (let round = 1; round <= ROUNDS; round++)
    for (const each of measured) {
      const result = await load(each, requests, ROUND_S, stage.dir);
      if (result.refused > 0) throw new Error(`${each.name} refused ${result.refused} valid tokens`);
      results.get(each).push(result);
    }
  return results;
}

/** Prints the medians and the ratios. Gives whether one is under its target. */
function report(results, bare) {
  const rateOf = (of) => median(results.get(of).map(({ rate }) => rate));
  say(line('', ...COLUMNS, 'wanted'));
  let failed = false;
  for (const [each, runs] of results) {
    const share = rateOf(each) / rateOf(bare);
    const wanted = TARGETS[each.name];
    if (wanted !== undefined && share < wanted) failed = true;
    say(
      line(
        each.name,
        ...figures(runs),
        share.toFixed(2),
        wanted === undefined ? '' : `>= ${wanted.toFixed(2)}`,
      ),
    );
  }
  return failed;
}

const COLUMNS = ['answers/s', 'p50 ms', 'p99 ms', 'processor', 'us each', 'share of bare'];
const figures = (runs) => [
  Math.round(median(runs.map(({ rate }) => rate))),
  median(runs.map(({ p50 }) => p50)).toFixed(2),
  median(runs.map(({ p99 }) => p99)).toFixed(2),
  // Under 100 %, something else than the service was the limit: the client, a store or other work on the machine.
  `${Math.round(median(runs.map(({ busy }) => busy)) * 100)} %`,
  median(runs.map(({ busy, rate }) => (busy / rate) * 1e6)).toFixed(1),
];

const line = (name, ...cells) => name.padEnd(32) + cells.map((cell) => String(cell).padStart(14)).join('');

/** Other ways to have a token validated, once each: no target, but nobody should be surprised by them. */
async function asides(stage, service, live, revoked, bareRate) {
  say('\nbeside that, once each, with Redis:');
  const others = {
    "token's, under its prefix": verify(live, '/token'),
    'revoked tokens (401)': verify(revoked),
    "camel's /validate, root path": validate(live),
    "camel's /validate, its prefix": validate(live, '/camel'),
  };
  for (const [name, requests] of Object.entries(others)) {
    const result = await load(service, requests, ASIDE_S, stage.dir);
    const expected = name.startsWith('revoked') ? result.answers : 0;
    if (result.refused !== expected)
      throw new Error(`${name}: ${result.refused} of ${result.answers} refused`);
    say(line(name, ...figures([result]), (result.rate / bareRate).toFixed(2)));
  }
}

async function prepareTokens(url) {
  const [live, revoked] = [[], []];
  for (let i = 0; i < USERS; i++) {
    const tokens = await openSessions(url, `bench_user_${i}`, (LIVE + REVOKED) / USERS);
    live.push(...tokens.slice(0, LIVE / USERS));
    revoked.push(...tokens.slice(LIVE / USERS));
  }
  await revokeAll(url, revoked);
  return { live, revoked };
}

/** Holds every answer against what it must be. Gives the bodies of the live tokens. */
async function check(services, live, revoked) {
  let bodies = [];
  for (const { name, url } of services) {
    const accepted = await verifyAll(url, live);
    const wrong = accepted.filter(({ status, body }) => status !== 200 || body.valid !== true);
    if (wrong.length > 0) throw new Error(`${name} refused ${wrong.length} live tokens: ${wrong[0].status}`);
    const refused = await verifyAll(url, revoked);
    const leaks = refused.filter(({ status }) => status !== 401);
    if (leaks.length > 0)
      throw new Error(`${name} answered ${leaks.length} revoked tokens ${leaks[0].status}`);
    bodies = accepted.map(({ body }) => body);
  }
  return bodies;
}

async function answersFromRedis({ url }) {
  const ready = await (await globalThis.fetch(`${url}/health/ready`)).json();
  return ready.denylist.source === 'redis';
}

const stage = new Stage();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => stage.clear().finally(() => process.exit(1)));
try {
  await main(stage);
} finally {
  await stage.clear();
}
