import fs from 'node:fs';
import path from 'node:path';
import { codeOf } from './embedded-postgres-error.js';
import { isAlive, isTaken } from './process-state.js';

/** A server that runs, starts or shuts down on our cluster. */
export interface RunningServer {
  pid: number;
  port: number;
}

/** What postmaster.pid says. */
export type ServerState =
  | { kind: 'none' }
  /** the file names a process that is not a server on this cluster; PostgreSQL itself would refuse to start */
  | { kind: 'stale'; content: string }
  /** the file names a server that was killed and that nobody has collected; PostgreSQL takes it for a live one */
  | { kind: 'uncollected'; content: string }
  /** a server that has not written its port yet */
  | { kind: 'starting'; pid: number }
  | ({ kind: 'running' } & RunningServer);

const pidFile = (cluster: string): string => path.join(cluster, 'postmaster.pid');

/** Reads postmaster.pid (lines: process id, data directory, start time, port, ...) and checks what the process is. */
export function findServer(cluster: string): ServerState {
  let content: string;
  try {
    content = fs.readFileSync(pidFile(cluster), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'none' };
    throw error;
  }
  const [pidLine = '', , , portLine = ''] = content.split('\n');
  const pid = Number(pidLine);
  if (!Number.isInteger(pid) || pid <= 0) return { kind: 'stale', content };
  if (pid === process.pid) return { kind: 'none' }; // PostgreSQL passes over the id of its parent, see standInFor
  // PostgreSQL clears the file of a dead server itself, after a check that none of its children is left
  if (!isAlive(pid)) return isTaken(pid) ? { kind: 'uncollected', content } : { kind: 'none' };
  if (!servesCluster(pid, cluster)) return { kind: 'stale', content };
  const port = Number(portLine);
  return port > 0 ? { kind: 'running', pid, port } : { kind: 'starting', pid };
}

/** Whether a live process is a PostgreSQL on this cluster. Where there is no /proc it counts as one: connecting will tell. */
function servesCluster(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') return true;
  let args: string[];
  try {
    args = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return false; // it has just ended
  }
  if (path.basename(args[0] ?? '') !== 'postgres') return false;
  try {
    // it works in its cluster directory, whose path may have changed since
    const [here, there] = [fs.statSync(cluster), fs.statSync(`/proc/${pid}/cwd`)];
    return here.ino === there.ino && here.dev === there.dev;
  } catch {
    return args.includes(cluster); // a container's root may not look at the directory of another user's process
  }
}

/**
 * Puts our own id in the place of an uncollected server's. PostgreSQL does not mind the id of its parent there, and
 * still checks, by the rest of the file, that none of the dead server's children is left.
 */
export function standInFor(cluster: string, content: string): void {
  // a server that starts meanwhile makes a new file: what we hold open is then nobody's
  const file = fs.openSync(pidFile(cluster), 'r+');
  try {
    if (fs.readFileSync(file, 'utf8') !== content) return;
    const changed = content.replace(/^\d+/, String(process.pid));
    fs.ftruncateSync(file);
    fs.writeSync(file, changed, 0);
  } finally {
    fs.closeSync(file);
  }
}

/** Removes a stale postmaster.pid, unless a server has written a new one since we read it. */
export function removeStale(cluster: string, content: string): void {
  const file = pidFile(cluster);
  const aside = `${file}.stale-${process.pid}`;
  try {
    fs.renameSync(file, aside);
    if (fs.readFileSync(aside, 'utf8') !== content) fs.linkSync(aside, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
  } finally {
    fs.rmSync(aside, { force: true });
  }
}
