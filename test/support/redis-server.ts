import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';

const EXECUTABLE = process.env['REDIS_SERVER_PATH'] ?? '/usr/bin/redis-server';

const found = existsSync(EXECUTABLE);
const missing = `there is no Redis at ${EXECUTABLE}: apt-get install redis-server, or set REDIS_SERVER_PATH`;

/** `describe`, where there is a redis-server. Elsewhere its tests are skipped, aloud; in CI they fail. */
export function describeWithRedis(name: string, tests: () => void): void {
  if (!found && process.env['CI'] !== 'true') {
    process.stderr.write(`\nTESTS WITH REDIS SKIPPED (${name}): ${missing}\n\n`);
    describe.skip(name, tests);
    return;
  }
  describe(name, () => {
    if (!found) {
      it('has a Redis', () => {
        throw new Error(missing);
      });
      return;
    }
    tests();
  });
}

/** How often another program may take the port that was free a moment before. */
const PORT_ATTEMPTS = 5;
const COMMAND_MS = 3_000;

/** A real Redis of the test's own, which it kills, freezes and starts again. Its data is in memory, unless it is told to save. */
export class RedisServer {
  private readonly directory = mkdtempSync(path.join(os.tmpdir(), 'gatehouse-redis-'));
  private child: ChildProcess | undefined;
  private boundTo = 0;

  /** @param settings for its command line, such as `--maxmemory 10mb` */
  static async start(settings: readonly string[] = []): Promise<RedisServer> {
    const server = new RedisServer(settings);
    await server.launch();
    return server;
  }

  private constructor(private readonly settings: readonly string[]) {}

  get port(): number {
    return this.boundTo;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.boundTo}`;
  }

  get pid(): number {
    return this.child?.pid as number;
  }

  /** Runs one command on a connection of its own, as redis-cli does. Throws Redis's complaint. */
  async command(...words: readonly (string | number)[]): Promise<unknown> {
    const [name = '', ...args] = words.map(String);
    const client = new Redis(this.boundTo, '127.0.0.1', {
      lazyConnect: true,
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
      connectTimeout: COMMAND_MS,
      commandTimeout: COMMAND_MS,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.call(name, ...args);
    } finally {
      client.disconnect();
    }
  }

  /** `field` of `INFO section`, such as `master_replid` of `replication`. */
  async info(section: string, field: string): Promise<string | undefined> {
    const text = String(await this.command('INFO', section));
    return new RegExp(`^${field}:(.*)$`, 'm').exec(text)?.[1]?.trim();
  }

  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  /** Kills it, frozen or not, and waits until it is gone. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** Starts it again after `kill`, on another port, with what it saved last. @param empty without even that */
  launch({ empty = false } = {}): Promise<void> {
    if (empty) rmSync(path.join(this.directory, 'dump.rdb'), { force: true });
    return this.launchBy(PORT_ATTEMPTS);
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async launchBy(attempts: number): Promise<void> {
    this.boundTo = await freePort();
    const always = ['--port', String(this.boundTo), '--bind', '127.0.0.1', '--dir', this.directory];
    const args = [...always, '--save', '', '--appendonly', 'no', '--repl-diskless-sync-delay', '0'];
    const child = spawn(EXECUTABLE, [...args, ...this.settings], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
    const state = await eventually('redis-server', () => {
      if (child.exitCode !== null) return 'ended';
      return said.includes('Ready to accept connections') && 'ready';
    });
    if (state === 'ready') return;
    if (attempts === 1 || !said.includes('Address already in use'))
      throw new Error(`redis-server ended: ${said}`);
    await this.launchBy(attempts - 1);
  }
}
