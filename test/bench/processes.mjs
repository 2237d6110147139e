import { spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SERVICE = path.join(root, 'dist/apps/service/src/main.js');
const BARE_ROUTE = path.join(root, 'test/bench/bare-route.mjs');
/** As in docker/Dockerfile; the bare route is started alike. */
const FLAGS = ['--enable-source-maps', '--max-semi-space-size=32'];
const READY_MS = 30_000;

/** The settings of what is measured, but for its stores. */
export const PRODUCTION = {
  PATH: process.env.PATH,
  HOST: '127.0.0.1',
  PORTS: '0',
  PUBLIC_URL: 'https://auth.example.com',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'no-reply@example.com',
  SECRET_KEYS: 'for measuring alone and nothing beside that',
  // for the sessions that are opened before anything is measured
  ARGON2_COST: 'm=8,t=1,p=1',
  SESSIONS_PER_USER: '10000',
  // a flood of one client's, on purpose
  THROTTLE: 'false',
  SHUTDOWN_DELAY: '0s',
};

/** What was started, to be stopped in the opposite order; and a directory of its own that goes with it. */
export class Stage {
  dir = mkdtempSync(path.join(os.tmpdir(), 'gatehouse-bench-'));
  #stops = [];

  constructor() {
    // PostgreSQL runs as an account of its own where this runs as root
    chmodSync(this.dir, 0o755);
  }

  async clear() {
    for (const stop of this.#stops.splice(0).reverse()) await stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** The PostgreSQL that the tests use too, in the stage's directory. Gives its URL. */
  async postgres() {
    const { startEmbeddedPostgres } = await import(path.join(root, 'dist/libs/database/src/index.js'));
    const server = await startEmbeddedPostgres({ dataDir: path.join(this.dir, 'data'), projectRoot: root });
    this.#stops.push(() => server.stop());
    return server.url;
  }

  /** A Redis without persistence, on a free port. Gives its URL. */
  async redis() {
    const port = await freePort();
    const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const log = await this.#run('redis-server', [...options, '--dir', this.dir], {}, 'redis.log');
    await until('redis-server', () => log().includes('Ready to accept connections'));
    return `redis://127.0.0.1:${port}`;
  }

  /** The built service as it runs in production, its log in a file. */
  service(name, settings) {
    return this.#listener(name, [...FLAGS, SERVICE], { ...PRODUCTION, ...settings });
  }

  /** A bare Fastify route that answers this body. */
  bareRoute(pathname, body) {
    return this.#listener('bare Fastify', [...FLAGS, BARE_ROUTE, pathname, body], { PATH: process.env.PATH });
  }

  async #listener(name, args, env) {
    const log = await this.#run(process.execPath, args, env, `${name}.log`);
    const port = await until(name, () => /"event":"ready","ports":\[(\d+)/.exec(log())?.[1]).catch(
      (error) => {
        throw new Error(`${error.message}; it said: ${log()}`);
      },
    );
    return { name, url: `http://127.0.0.1:${port}`, pid: log.pid };
  }

  /** Starts a program with its output in a file of this name; gives what reads the file. */
  #run(program, args, env, logName) {
    const file = path.join(this.dir, logName);
    const descriptor = openSync(file, 'w');
    const child = spawn(program, args, { env, stdio: ['ignore', descriptor, descriptor] });
    closeSync(descriptor);
    const ended = new Promise((resolve) => child.once('close', resolve));
    this.#stops.push(async () => {
      child.kill('SIGTERM');
      await ended;
    });
    const read = () => readFileSync(file, 'utf8');
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('spawn', () => resolve(Object.assign(read, { pid: child.pid })));
    });
  }
}

/** Waits until `look` finds something; gives that. */
export async function until(what, look) {
  for (const start = performance.now(); performance.now() - start < READY_MS; await sleep(50)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`${what} was not ready within ${READY_MS / 1000} s`);
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
