import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { isAlive } from './process-state.js';

/** After this long, a temporary name whose process id is in use belongs to a later process with the same id. */
const LONGEST_USE_MS = 10 * 60_000;

/** `<target>.new-<process id>-<random>`: made complete under this name, then renamed. */
export function temporaryName(target: string): string {
  return `${target}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
}

/** Whether a directory entry is a temporary name for a target whose name starts with `base`. */
export function isTemporary(entry: string, base = ''): boolean {
  return entry.startsWith(base) && /\.new-\d+-[0-9a-f]{8}(\.\w+)?$/.test(entry);
}

/** Removes what killed processes left behind in `dir`, and leaves alone what a live one is still making. */
export function removeLeftovers(dir: string, base = ''): void {
  for (const entry of fs.readdirSync(dir)) {
    if (!isTemporary(entry, base)) continue;
    const file = path.join(dir, entry);
    const pid = Number(/\.new-(\d+)-/.exec(entry)?.[1]);
    const made = fs.lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    // in a container the next process often has the id of the one before
    const possible = pid === process.pid ? process.uptime() * 1000 : LONGEST_USE_MS;
    if (isAlive(pid) && Date.now() - made < possible) continue;
    try {
      fs.rmSync(file, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
    } catch {
      // an initdb outlived its parent and still writes there: the next start removes the rest
    }
  }
}

/** Writes a small file that others see either complete or not at all. Gives false, and changes nothing, if it exists. */
export function writeOnce(file: string, text: string, mode: number): boolean {
  const temporary = temporaryName(file);
  fs.writeFileSync(temporary, text, { mode, flag: 'wx' });
  try {
    fs.linkSync(temporary, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}
