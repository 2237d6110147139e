// Does the time of an answer tell whether an account exists? Asks the built service, in production mode, about a known and
// an unknown one in turns, and prints the median of each and their difference. Ends with 1 where one is above the aim.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PRODUCTION, Stage } from './processes.mjs';

const CLI = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));
const SAMPLES = Number(process.env.SAMPLES ?? 200);
const WARM_UP = 20;
const AIM_MS = 5;
const PASSWORD = 'correct horse battery';
const WRONG = 'not the password';

const SETTINGS = {
  ARGON2_COST: 'm=19456,t=2,p=1',
  ENUMERATION_PROTECTION: 'true',
  THROTTLE: 'false',
};
/** Never reached, so that each wrong password is held against a hash. */
const UNLOCKED = { LOCKOUT_ATTEMPTS: '1000', LOCKOUT_ACCOUNT_ATTEMPTS: '1000000' };

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

/** One request; gives its status, its body and how long the whole answer took, in milliseconds. */
function ask(url, body, headers = {}) {
  const payload = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const request = http.request(url, {
      method: 'POST',
      agent,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
        ...headers,
      },
    });
    request.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () => {
        const ms = Number(process.hrtime.bigint() - start) / 1e6;
        resolve({ status: response.statusCode, text, ms });
      });
    });
    request.end(payload);
  });
}

/** Asks about the two in turns, each first as often as the other. Throws where they are not answered with `status`. */
async function compare(what, status, about) {
  const times = { known: [], unknown: [] };
  for (let i = 0; i < WARM_UP + SAMPLES; i++) {
    for (const which of i % 2 === 0 ? ['known', 'unknown'] : ['unknown', 'known']) {
      const answer = await about(which);
      if (answer.status !== status) throw new Error(`${what}, ${which}: ${answer.status} ${answer.text}`);
      if (i >= WARM_UP) times[which].push(answer.ms);
    }
  }
  const [known, unknown] = [median(times.known), median(times.unknown)];
  const difference = Math.abs(known - unknown);
  const columns = [known, unknown, difference].map((ms) => ms.toFixed(2).padStart(9));
  console.log(`${what.padEnd(38)}${columns.join('')}`);
  return difference <= AIM_MS;
}

async function main(stage) {
  const databaseUrl = await stage.postgres();
  const settings = { ...SETTINGS, DATABASE_URL: databaseUrl };
  const start = (name, more) => stage.service(name, { ...settings, ...more });
  const withoutFloor = await start('without floor', { ...UNLOCKED, LOGIN_FAILURE_FLOOR: '0s' });
  const withFloor = await start('with floor', UNLOCKED);
  const locking = await start('locking', { LOCKOUT_ATTEMPTS: '1' });

  const name = `u${randomBytes(6).toString('hex')}`;
  const login = { known: name, unknown: `${name}.nobody` };
  const email = { known: `${name}@example.com`, unknown: `${name}.nobody@example.com` };
  const account = { username: name, email: email.known, password: PASSWORD };
  const registered = await ask(`${withFloor.url}/camel/api/v1/auth/register`, account);
  if (registered.status !== 201) throw new Error(`register: ${registered.status} ${registered.text}`);
  const apiToken = await newApiToken(settings);

  const logIn = ({ url }, which) =>
    ask(`${url}/camel/api/v1/auth/login`, { username: login[which], password: WRONG });
  const forgot = (which) =>
    ask(
      `${withFloor.url}/channel/api/auth/forgot-password`,
      { email: email[which] },
      { 'api-token': apiToken, channel: 'web' },
    );
  const reset = (which) => ask(`${withFloor.url}/camel/api/v1/auth/password-reset`, { email: email[which] });

  console.log(`medians of ${SAMPLES} each, in ms${' '.repeat(13)}    known  unknown     apart`);
  const within = [
    await compare('login, wrong password, floor off', 401, (which) => logIn(withoutFloor, which)),
    await compare('login, wrong password', 401, (which) => logIn(withFloor, which)),
  ];
  for (const which of ['known', 'unknown']) await logIn(locking, which);
  within.push(
    await compare('login, locked', 423, (which) => logIn(locking, which)),
    await compare('forgot-password', 200, forgot),
    await compare('password-reset', 200, reset),
  );
  console.log(`the aim: at most ${AIM_MS} ms apart${within.every(Boolean) ? '' : ': MISSED'}`);
  return within.every(Boolean);
}

/** A client application's Api-Token, as the command line gives it. */
async function newApiToken(settings) {
  const env = { ...PRODUCTION, ...settings };
  const args = ['create-client', '--name', 'bench', '--channels', 'web'];
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args], { env });
  return stdout.trim();
}

const stage = new Stage();
try {
  if (!(await main(stage))) process.exitCode = 1;
} finally {
  agent.destroy();
  await stage.clear();
}
