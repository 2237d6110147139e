import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive, poll } from '../../libs/database/src/embedded/process-state.js';

const made: string[] = [];

/** A new, empty directory that PostgreSQL's account can enter. */
export function newDataDir(): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-process-'));
  fs.chmodSync(dir, 0o755);
  made.push(dir);
  return dir;
}

/** The process id of the PostgreSQL that its data directory names. */
export const postmasterOf = (dataDir: string): number =>
  Number(fs.readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

/** Whether a PostgreSQL works in the data directory, initdb included: by the arguments of all live processes. */
export function postgresRunsIn(dataDir: string): boolean {
  return commandLines().some((args) => args.includes(path.join(fs.realpathSync(dataDir), 'postgres')));
}

function commandLines(): string[] {
  if (!fs.existsSync('/proc/self/cmdline'))
    return execFileSync('ps', ['-axo', 'args='], { encoding: 'utf8' }).split('\n');
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return ''; // it has just ended
    }
  });
}

/** Whether a process ends within moments, or has ended. */
export const hasEnded = async (pid: number): Promise<boolean> =>
  (await poll(5_000, () => !isAlive(pid))) ?? false;

/** Waits for a probe to succeed. Throws where it does not in time. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const found = await poll(20_000, probe, 2);
  if (found === undefined) throw new Error(`not in time: ${what}`);
  return found;
}

/** Removes every directory, and first ends the PostgreSQL that a failed test has left in one. */
export async function removeDataDirs(): Promise<void> {
  for (const dir of made.splice(0)) {
    if (postgresRunsIn(dir)) {
      const pid = postmasterOf(dir);
      process.kill(pid, 'SIGKILL');
      await hasEnded(pid);
    }
    fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
