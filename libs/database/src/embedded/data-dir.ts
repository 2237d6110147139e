import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type Account, closedDirectory } from './account.js';
import { makeSystemDir, SYSTEM_DIR } from './binaries.js';
import { codeOf, dataDirFault, EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isTemporary, removeLeftovers, writeOnce } from './temporary-name.js';

/** Where things are in a data directory. */
export interface DataDir {
  path: string;
  /** PostgreSQL's own directory */
  cluster: string;
  passwordFile: string;
  logFile: string;
  account: Account | undefined;
}

const MARKER = 'gatehouse.json';

/**
 * Chooses the data directory, makes it if it is missing, and makes sure that it is ours to use.
 * @param setting DATA_DIR; a relative path starts at the project root
 * @throws EmbeddedPostgresError that says why it cannot be used
 */
export function openDataDir(
  setting: string | undefined,
  projectRoot: string,
  account: Account | undefined,
  systemDir = SYSTEM_DIR,
): DataDir {
  const chosen = setting ? path.resolve(projectRoot, setting) : defaultDir(projectRoot, account, systemDir);
  try {
    makeDir(chosen, account);
    const dir = fs.realpathSync(chosen);
    mark(dir);
    openFor(dir, account);
    removeLeftovers(dir);
    return {
      path: dir,
      cluster: path.join(dir, 'postgres'),
      passwordFile: path.join(dir, 'postgres.password'),
      logFile: path.join(dir, 'postgres.log'),
      account,
    };
  } catch (error) {
    throw dataDirFault(chosen, error);
  }
}

/**
 * `.data` in the checkout, or a directory of the system if PostgreSQL's account cannot reach the checkout. A place
 * that already holds data wins, so that a later chmod of the checkout does not seem to lose it.
 */
function defaultDir(projectRoot: string, account: Account | undefined, systemDir: string): string {
  const inCheckout = path.join(projectRoot, '.data');
  if (!account || fs.existsSync(path.join(inCheckout, MARKER))) return inCheckout;
  const id = createHash('sha256').update(fs.realpathSync(projectRoot)).digest('hex').slice(0, 12);
  const elsewhere = path.join(systemDir, id);
  if (!closedDirectory(projectRoot, account) && !fs.existsSync(path.join(elsewhere, MARKER)))
    return inCheckout;
  makeSystemDir(systemDir);
  return elsewhere;
}

function makeDir(dir: string, account: Account | undefined): void {
  // step by step, as the recursive mkdir of Node never returns under /proc
  if (fs.existsSync(dir)) {
    if (!fs.statSync(dir).isDirectory())
      throw new EmbeddedPostgresError(`DATA_DIR ${dir} is not a directory.`);
    return;
  }
  const parent = path.dirname(dir);
  if (!fs.existsSync(parent)) makeDir(parent, account);
  // only PostgreSQL's other account has to pass through
  const mode = account ? 0o755 : 0o700;
  try {
    fs.mkdirSync(dir);
    fs.chmodSync(dir, mode); // whatever the umask is
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error; // made by another start in this moment
  }
}

/** Puts our marker into an empty directory; one that holds other things stays as it is. */
function mark(dir: string): void {
  const marker = path.join(dir, MARKER);
  const foreign = fs.readdirSync(dir).filter((entry) => !isTemporary(entry) && entry !== 'lost+found');
  if (foreign.length > 0) {
    if (isOurs(marker)) return fs.accessSync(dir, fs.constants.W_OK);
    throw new EmbeddedPostgresError(
      `DATA_DIR ${dir} was not made by Gatehouse: it holds other files. Set DATA_DIR to an empty or a new directory.`,
    );
  }
  writeOnce(marker, `${JSON.stringify({ madeBy: 'gatehouse', postgres: '18' })}\n`, 0o644);
}

function isOurs(marker: string): boolean {
  try {
    return (JSON.parse(fs.readFileSync(marker, 'utf8')) as { madeBy?: unknown }).madeBy === 'gatehouse';
  } catch {
    return false;
  }
}

/** @throws EmbeddedPostgresError if PostgreSQL's account cannot get to the directory */
function openFor(dir: string, account: Account | undefined): void {
  if (!account) return;
  const { uid, mode } = fs.statSync(dir);
  // such as made by `mktemp -d`: ours alone and marked, and what is in it has modes of its own
  if (uid === process.getuid?.()) fs.chmodSync(dir, (mode & 0o777) | 0o011);
  const closed = closedDirectory(dir, account);
  if (!closed) return;
  if (closed === dir) {
    throw new EmbeddedPostgresError(
      `DATA_DIR ${dir} belongs to another user (id ${uid}): start Gatehouse as that user, or set DATA_DIR to another directory.`,
    );
  }
  throw new EmbeddedPostgresError(
    `DATA_DIR ${dir} cannot be reached by PostgreSQL, which does not run as root but as user id ${account.uid}: ` +
      `${closed} is closed to it. Set DATA_DIR to a directory it can reach (such as /var/lib/gatehouse/data), or run Gatehouse as an ordinary user.`,
  );
}
