// What clients that misbehave cost the others: the p99 of validation while they do, as a multiple of what it is without
// them, on the same service in the same run. Needs wrk, redis-server and what `npm run build` makes.
import { connect } from 'node:net';
import { clearInterval, setInterval } from 'node:timers';
import { openSessions } from './sessions.mjs';
import { Stage, until } from './processes.mjs';
import { assertWrk, load, rawRequest } from './wrk.mjs';

const MOST = 3;
const ROUNDS = 5;
const ROUND_S = 4;
const CONNECTIONS = 8;
const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');
const HEAD = 'POST /camel/api/v1/auth/login HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n';

/** A client that comes back, as an attacker's does, whenever it was hung up on. Gives what stops it. */
function stubborn(port, behave) {
  let stopped = false;
  let socket;
  let counted = 0;
  const open = () => {
    if (stopped) return;
    counted++;
    socket = connect(port, '127.0.0.1');
    let timer;
    socket.on('connect', () => (timer = behave(socket)));
    socket.on('error', () => undefined);
    socket.on('data', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      setTimeout(open, 50);
    });
  };
  open();
  return () => {
    stopped = true;
    socket.destroy();
    return counted;
  };
}

const drip = (first, bytes, everyMs) => (socket) => {
  socket.write(first);
  return setInterval(() => socket.write(bytes), everyMs);
};

const upload = (socket) => {
  socket.write(`${HEAD}Content-Length: ${100 * MEGABYTE.length}\r\n\r\n`);
  const more = () => {
    while (!socket.destroyed && socket.write(MEGABYTE));
  };
  socket.on('drain', more);
  more();
};

const SCENES = {
  '500 slow heads': [500, drip(`${HEAD}X-Slow: `, 'x', 200)],
  '500 slow bodies': [500, drip(`${HEAD}Content-Length: 60000\r\n\r\n`, 'x', 200)],
  '2,000 idle connections': [2000, () => undefined],
  '8 uploads of 100 MB': [8, upload],
};

async function main(stage) {
  assertWrk();
  const settings = { DATABASE_URL: await stage.postgres(), REDIS_URL: await stage.redis() };
  const service = await stage.service('the service', settings);
  const port = Number(new URL(service.url).port);
  await until('the denylist in Redis', async () => {
    const ready = await (await globalThis.fetch(`${service.url}/health/ready`)).json();
    return ready.denylist.source === 'redis';
  });
  const tokens = await openSessions(service.url, 'bench_user', 100);
  const requests = tokens.map((token) =>
    rawRequest('PUT', '/v1/auth/token/verify', { authorization: `Bearer ${token}` }),
  );
  const measure = async () => {
    const result = await load(service, requests, ROUND_S, stage.dir, CONNECTIONS);
    if (result.refused > 0) throw new Error(`${result.refused} valid tokens were refused`);
    return result;
  };
  await measure();

  console.log(
    `p99 of validation on ${CONNECTIONS} connections, medians of ${ROUNDS} rounds of ${ROUND_S} s\n`,
  );
  console.log(
    '                          alone ms   beside ms    multiple  wanted    answers/s   opened anew',
  );
  for (const [name, [count, behave]] of Object.entries(SCENES)) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const alone = await measure();
      const clients = Array.from({ length: count }, () => stubborn(port, behave));
      const beside = await measure();
      const opened = clients.reduce((sum, stop) => sum + stop(), 0);
      rounds.push({ alone: alone.p99, beside: beside.p99, rate: beside.rate, opened });
    }
    const of = (key) => rounds.map((each) => each[key]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
    const multiple = of('beside') / of('alone');
    if (multiple >= MOST) process.exitCode = 1;
    const cells = [of('alone').toFixed(2), of('beside').toFixed(2), multiple.toFixed(2), `< ${MOST}`];
    console.log(
      name.padEnd(24) +
        cells.map((cell) => cell.padStart(11)).join(' ') +
        String(Math.round(of('rate'))).padStart(12) +
        String(of('opened') - count).padStart(13),
    );
  }
}

const stage = new Stage();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => stage.clear().finally(() => process.exit(1)));
try {
  await main(stage);
} finally {
  await stage.clear();
}
process.exit();
