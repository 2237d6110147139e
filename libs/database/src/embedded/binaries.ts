import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Account, canRead } from './account.js';
import { codeOf, EmbeddedPostgresError } from './embedded-postgres-error.js';
import { removeLeftovers, temporaryName } from './temporary-name.js';

/** PostgreSQL's programs, ready to run. */
export interface Binaries {
  postgres: string;
  initdb: string;
  /** for LD_LIBRARY_PATH */
  libraries: string;
  /** major version, such as `18` */
  major: string;
}

/** Where root keeps what the checkout cannot hold; only root can make it, so nobody else can plant files in it. */
export const SYSTEM_DIR = '/var/lib/gatehouse';

const useYourOwn = 'Set DATABASE_URL to a PostgreSQL of your own.';

/**
 * Finds the programs in the npm package of this platform and makes them runnable by the account.
 * @param linkDir where links to shared libraries go if the package's own directory cannot be written
 * @throws EmbeddedPostgresError if this platform has no package, or it was not installed
 */
export function prepareBinaries(
  projectRoot: string,
  account: Account | undefined,
  linkDir: string,
  systemDir = SYSTEM_DIR,
): Binaries {
  const packageRoot = findPackage(projectRoot);
  const manifest = fs.readFileSync(path.join(packageRoot, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const links = linkLibraries(packageRoot, linkDir);
  let native = path.join(packageRoot, 'native');
  const probes = ['bin/postgres', 'lib/postgresql/plpgsql.so', 'share/postgresql/postgres.bki'];
  if (account && probes.some((file) => !readable(path.join(native, file), account))) {
    const release = createHash('sha256').update(manifest).digest('hex').slice(0, 12);
    native = copyFor(native, path.join(systemDir, `postgresql-${version}-${release}`), systemDir);
  }
  const bin = (name: string) => path.join(native, 'bin', name);
  return {
    postgres: bin('postgres'),
    initdb: bin('initdb'),
    libraries: [...links, path.join(native, 'lib')].join(path.delimiter),
    major: version.split('.')[0] ?? version,
  };
}

function findPackage(projectRoot: string): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    if (process.platform === 'win32') throw new Error('its servers cannot be stopped there by signals');
    const require = createRequire(path.join(projectRoot, 'package.json'));
    // the package exports its entry alone, <package>/dist/index.js
    return path.dirname(path.dirname(require.resolve(`@embedded-postgres/${platform}`)));
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL is not installed, or does not exist for ${platform}. ${useYourOwn}`,
      { cause: error },
    );
  }
}

/** The package names its symbolic links in a file, as npm cannot carry them. Gives the directories that hold links outside the package. */
function linkLibraries(packageRoot: string, linkDir: string): string[] {
  const list = fs.readFileSync(path.join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8');
  let elsewhere = false;
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const source = path.join(packageRoot, link.source);
    const target = path.join(packageRoot, link.target);
    try {
      if (!fs.lstatSync(target, { throwIfNoEntry: false })) {
        makeLink(path.relative(path.dirname(target), source), target);
      }
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) throw error;
      // installed by another user, who has never started it
      fs.mkdirSync(linkDir, { recursive: true });
      makeLink(source, path.join(linkDir, path.basename(target)));
      elsewhere = true;
    }
  }
  for (const program of ['postgres', 'initdb']) {
    const file = path.join(packageRoot, 'native', 'bin', program);
    if ((fs.statSync(file).mode & 0o111) !== 0o111) fs.chmodSync(file, 0o755);
  }
  return elsewhere ? [linkDir] : [];
}

function makeLink(to: string, at: string): void {
  const present = fs.lstatSync(at, { throwIfNoEntry: false });
  if (present?.isSymbolicLink() && fs.readlinkSync(at) !== to) fs.rmSync(at); // the checkout has moved
  try {
    fs.symlinkSync(to, at);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function readable(file: string, account: Account): boolean {
  return !fs.existsSync(file) || canRead(file, account);
}

/** A copy that PostgreSQL's account can read, made once for each release. Never seen half made: it is renamed when complete. */
function copyFor(native: string, target: string, systemDir: string): string {
  makeSystemDir(systemDir);
  const present = fs.lstatSync(target, { throwIfNoEntry: false });
  if (present) {
    if (present.isDirectory() && present.uid === 0) return target;
    throw new EmbeddedPostgresError(`${target} was not made by root: remove it, then start again.`);
  }
  removeLeftovers(systemDir, 'postgresql-');
  const copy = temporaryName(target);
  try {
    fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    openTree(copy);
    fs.renameSync(copy, target);
  } catch (error) {
    fs.rmSync(copy, { recursive: true, force: true });
    // two first starts at once: the other's copy is as good
    if (!['EEXIST', 'ENOTEMPTY'].includes(codeOf(error) ?? '')) {
      throw new EmbeddedPostgresError(
        `PostgreSQL's programs could not be copied to ${target}: ${(error as Error).message}. ${useYourOwn}`,
        { cause: error },
      );
    }
  }
  return target;
}

/** Makes the system directory; root only. @throws EmbeddedPostgresError if somebody else could write to it */
export function makeSystemDir(systemDir = SYSTEM_DIR): void {
  try {
    fs.mkdirSync(systemDir, { recursive: true, mode: 0o755 });
    const stat = fs.lstatSync(systemDir);
    if (!stat.isDirectory() || stat.uid !== 0 || (stat.mode & 0o022) !== 0) {
      throw new Error('it must be a directory that belongs to root and that nobody else can write');
    }
    fs.chmodSync(systemDir, 0o755); // our umask may be narrower
  } catch (error) {
    throw new EmbeddedPostgresError(
      `${systemDir} is needed because PostgreSQL cannot run as root and its account cannot reach this checkout, but ` +
        `it cannot be used: ${(error as Error).message}. Move the checkout, run as an ordinary user, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

function openTree(dir: string): void {
  fs.chmodSync(dir, 0o755);
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const file = path.join(dir, entry.name);
    if (entry.isDirectory()) openTree(file);
    else if (entry.isFile()) fs.chmodSync(file, fs.statSync(file).mode & 0o100 ? 0o755 : 0o644);
  }
}
