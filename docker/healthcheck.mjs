// Asks this container's service how it is, as the image has no curl: exit code 0 where it answers 200, else 1.
import { get } from 'node:http';

const PATIENCE_MS = 3_000;

const path = process.argv[2] ?? '/health/live';
// the service's own settings, and its defaults where they are not set
const port = Number((process.env.PORTS || '8060').split(',')[0]);
const host = (process.env.HOST || '::').split(',')[0].trim();
const reachable = { '::': '127.0.0.1', '0.0.0.0': '127.0.0.1' }[host] ?? host;

const fail = (reason) => {
  console.error(`${path}: ${reason}`);
  process.exit(1);
};

setTimeout(() => fail('no answer in time'), PATIENCE_MS).unref();
get({ host: reachable, port, path, agent: false }, (response) => {
  if (response.statusCode !== 200) fail(`status ${response.statusCode}`);
  response.resume();
}).on('error', (error) => fail(error.message));
