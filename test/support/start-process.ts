import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { collectLog } from './collected.js';
import { removeDataDirs } from './data-dirs.js';
import { documentCheck } from './truth/check-answer.js';
import { checkAnswersOf } from './truth/checked-services.js';

const ROOT = path.resolve(__dirname, '../..');
export const SERVICE = path.join(ROOT, 'dist/apps/service/src/main.js');
export const CLI = path.join(ROOT, 'dist/apps/cli/src/main.js');

/** Far more than any start or stop takes, and less than a test may. */
const LIMIT_MS = 25_000;

export interface Exit {
  /** null where a signal ended it */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Settings of one process; undefined leaves one out that it would otherwise get. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** A node process that runs what was built. */
export class Launched {
  readonly exit: Promise<Exit>;
  private readonly child: ChildProcess;
  private readonly said = { stdout: '', stderr: '' };
  private ended = false;
  private readonly listeners = new Set<() => void>();

  constructor(args: readonly string[], settings: Settings, input = '') {
    // Nothing of whoever runs the tests: their DATABASE_URL or GATEHOUSE_MODE would be the service's.
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings };
    this.child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'pipe' });
    for (const name of ['stdout', 'stderr'] as const) {
      this.child[name]?.setEncoding('utf8').on('data', (text: string) => {
        this.said[name] += text;
        // what other programs print, a new client's secret say, is for whoever runs them
        if (args.includes(SERVICE)) collectLog(text, this.child.pid);
        this.listeners.forEach((listener) => listener());
      });
    }
    this.child.stdin?.on('error', () => undefined).end(input);
    this.exit = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code) => {
        this.ended = true;
        this.listeners.forEach((listener) => listener());
        resolve({ code, ...this.said });
      });
    });
  }

  get pid(): number {
    return this.child.pid as number;
  }

  get output(): Readonly<Record<'stdout' | 'stderr', string>> {
    return this.said;
  }

  get running(): boolean {
    return !this.ended;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** The exit. Throws where it does not come in time. */
  async exited(): Promise<Exit> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`it did not end: ${JSON.stringify(this.said)}`)), LIMIT_MS);
    });
    return Promise.race([this.exit, late]).finally(() => clearTimeout(timer));
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    this.kill(signal);
    return this.exited();
  }

  /** Waits until standard output holds the pattern. Throws, with all that was said, where the process ends first. */
  printed(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.listeners.delete(look);
        settle();
      };
      const fail = (why: string): void =>
        finish(() => reject(new Error(`${why} before it printed ${pattern}: ${JSON.stringify(this.said)}`)));
      const look = (): void => {
        const found = pattern.exec(this.said.stdout);
        if (found) finish(() => resolve(found));
        else if (this.ended) fail('it ended');
      };
      const timer = setTimeout(() => fail('too much time went by'), LIMIT_MS);
      this.listeners.add(look);
      look();
    });
  }
}

const launched = new Set<Launched>();

/** Runs a built program; it gets cheap hashes and free ports unless the settings say otherwise. */
export function launch(
  program: string,
  settings: Settings,
  args: readonly string[] = [],
  input = '',
): Launched {
  const child = new Launched(
    [program, ...args],
    {
      PORTS: '0,0',
      ARGON2_COST: 'm=8,t=1,p=1',
      LOGIN_FAILURE_FLOOR: '0s',
      SHUTDOWN_DELAY: '0s',
      ...settings,
    },
    input,
  );
  launched.add(child);
  void child.exit.finally(() => launched.delete(child)).catch(() => undefined);
  return child;
}

/** Runs the command line to its end. */
export const runCli = (settings: Settings, args: readonly string[], input?: string): Promise<Exit> =>
  launch(CLI, settings, args, input).exited();

/** Runs `work` for each item, as many at once as there are processors, and gives the results in their order. */
export async function eachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

export interface RunningService {
  readonly process: Launched;
  readonly ports: readonly number[];
  /** `http://127.0.0.1:<port>` of each port. */
  readonly urls: readonly string[];
  /** The first of them. */
  readonly url: string;
  stop(signal?: NodeJS.Signals): Promise<Exit>;
}

/** Starts the built service and waits until it says that it answers: development's banner or production's log line. */
export async function startProcess(settings: Settings): Promise<RunningService> {
  const child = launch(SERVICE, settings);
  const service = await running(child);
  for (const url of service.urls) checkAnswersOf(url, documentCheck(settings));
  return service;
}

/** Waits until a launched service says that it answers. */
export async function running(child: Launched): Promise<RunningService> {
  const [, banner, logged] = await child.printed(
    /all ports +(.*)[^]*Ctrl-C|"event":"ready","ports":\[([\d,]+)\]/,
  );
  const ports =
    banner === undefined ? (logged ?? '').split(',') : [...banner.matchAll(/:(\d+)/g)].map(([, p]) => p);
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  return {
    process: child,
    ports: ports.map(Number),
    urls,
    url: urls[0] as string,
    stop: (signal) => child.stop(signal),
  };
}

/** For `afterAll`: ends what a failed test has left running, and removes the data directories. */
export async function endLeftovers(): Promise<void> {
  await Promise.all(
    [...launched].map(async (child) => {
      child.kill('SIGTERM');
      await child.exited().catch(() => child.kill('SIGKILL'));
    }),
  );
  await removeDataDirs();
}

/** Another program on a port of 127.0.0.1. */
export async function occupyPort(): Promise<{ port: number; server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, server };
}
