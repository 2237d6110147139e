import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@gatehouse/database';
import { hasEnded, newDataDir, postmasterOf } from './data-dirs.js';

const ROOT = path.resolve(__dirname, '../..');

/** A real PostgreSQL of the test's own, which it kills, freezes and starts again. `removeDataDirs` removes its data. */
export class PostgresServer {
  private constructor(
    private readonly dataDir: string,
    private running: EmbeddedPostgres,
  ) {}

  static async start(): Promise<PostgresServer> {
    const dataDir = newDataDir();
    return new PostgresServer(dataDir, await startEmbeddedPostgres({ dataDir, projectRoot: ROOT }));
  }

  /** Of its database `gatehouse`; another port after each start. */
  get url(): string {
    return this.running.url;
  }

  /** Stops all its processes where they are; connections stay open, and new ones are not answered. */
  freeze(): void {
    const postmaster = postmasterOf(this.dataDir);
    // first, so that it starts no further ones
    process.kill(postmaster, 'SIGSTOP');
    for (const pid of childrenOf(postmaster)) signal(pid, 'SIGSTOP');
  }

  thaw(): void {
    const postmaster = postmasterOf(this.dataDir);
    for (const pid of childrenOf(postmaster)) signal(pid, 'SIGCONT');
    process.kill(postmaster, 'SIGCONT');
  }

  /** Kills all its processes, as a machine does that loses its power, and waits until they are gone. */
  async kill(): Promise<void> {
    const postmaster = postmasterOf(this.dataDir);
    process.kill(postmaster, 'SIGSTOP');
    const children = childrenOf(postmaster);
    // the others would take the death of one for a crash, and shut down in order
    for (const pid of [...children, postmaster]) signal(pid, 'SIGKILL');
    await Promise.all([postmaster, ...children].map(hasEnded));
  }

  /** After `kill`: recovers, and answers when this resolves. */
  async launch(): Promise<void> {
    this.running = await startEmbeddedPostgres({ dataDir: this.dataDir, projectRoot: ROOT });
  }

  stop(): Promise<void> {
    return this.running.stop();
  }
}

function childrenOf(parent: number): number[] {
  return processes().flatMap(([pid, ppid]) => (ppid === parent ? pid : []));
}

/** Every process and its parent. */
function processes(): (readonly [pid: number, ppid: number])[] {
  if (!existsSync('/proc/self/stat')) {
    const lines = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
    return lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => [Number(pid), parentOf(pid)]);
}

/** The fourth field; the second one, a name in parentheses, may hold anything. */
function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0; // it has just ended
  }
}

/** To a process that may have ended by itself. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
