import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './embedded-postgres-error.js';

/** Whether the id is taken: by a process that runs, or by one that has ended and waits to be collected. */
export function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Whether a process with this id runs. One that has ended and waits to be collected counts as ended. */
export function isAlive(pid: number): boolean {
  if (!isTaken(pid)) return false;
  try {
    // in a container nobody may collect an orphan, and signals still reach a zombie
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^[ZX]$/.test(stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3));
  } catch {
    return true;
  }
}

/** Asks again every `everyMs` until the probe gives something other than undefined or false, at most for `limitMs`. */
export async function poll<T>(
  limitMs: number,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  everyMs = 10,
): Promise<T | undefined> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() >= deadline) return undefined;
    await sleep(everyMs);
  }
}

/** Ends a PostgreSQL server: fast shutdown, and harder if it does not obey. Resolves when the process is gone. */
export async function endServer(pid: number): Promise<void> {
  // fast: break connections and write everything; immediate: recover at the next start; at last the kernel's way
  for (const [signal, limitMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await poll(limitMs, () => !isAlive(pid))) return;
  }
}
