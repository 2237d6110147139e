import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Binaries } from './binaries.js';
import type { DataDir } from './data-dir.js';
import { codeOf, dataDirFault, EmbeddedPostgresError, tellingLine } from './embedded-postgres-error.js';
import { temporaryName, writeOnce } from './temporary-name.js';

/** What PostgreSQL's programs get to see of the environment. */
export function serverEnvironment(binaries: Binaries): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C', LD_LIBRARY_PATH: binaries.libraries };
}

/** The password of `postgres`, made at the first call; two processes that start at once get the same one. */
export function readPassword(dataDir: DataDir): string {
  try {
    if (!fs.existsSync(dataDir.passwordFile)) {
      if (fs.existsSync(dataDir.cluster)) throw wrongPassword(dataDir);
      writeOnce(dataDir.passwordFile, `${randomBytes(24).toString('base64url')}\n`, 0o600);
    }
    return fs.readFileSync(dataDir.passwordFile, 'utf8').trim();
  } catch (error) {
    throw dataDirFault(dataDir.path, error);
  }
}

/** The password file and the cluster are not of one piece. */
export function wrongPassword(dataDir: DataDir): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The database in DATA_DIR ${dataDir.path} does not accept the password in ${dataDir.passwordFile}: put the file that was made with it back, or set DATA_DIR to a new directory.`,
  );
}

/**
 * Makes the cluster if there is none, else makes sure that these binaries and this user can run it.
 * Gives true if it was made.
 * @throws EmbeddedPostgresError if initdb fails, or the cluster is of another version or another user
 */
export async function ensureCluster(
  dataDir: DataDir,
  binaries: Binaries,
  password: string,
  progress: (line: string) => void,
): Promise<boolean> {
  if (fs.existsSync(dataDir.cluster)) {
    checkCluster(dataDir, binaries);
    return false;
  }
  progress(`making a new PostgreSQL ${binaries.major} database in ${dataDir.path} ...`);
  const unfinished = temporaryName(dataDir.cluster);
  const passwordFile = `${unfinished}.pw`;
  const { account } = dataDir;
  try {
    fs.mkdirSync(unfinished, { mode: 0o700 });
    // initdb itself reads this file, as the account it runs under
    fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
    for (const file of account ? [unfinished, passwordFile] : [])
      fs.chownSync(file, account!.uid, account!.gid);
    await runInitdb(dataDir, binaries, unfinished, passwordFile);
    fs.renameSync(unfinished, dataDir.cluster);
    return true;
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    // another process made it in the meantime, with the same password
    if (['EEXIST', 'ENOTEMPTY'].includes(codeOf(error) ?? '')) return false;
    throw dataDirFault(dataDir.path, error);
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
}

function checkCluster(dataDir: DataDir, binaries: Binaries): void {
  const owner = fs.statSync(dataDir.cluster).uid;
  const needed = dataDir.account?.uid ?? process.getuid?.() ?? owner;
  if (owner !== needed) {
    throw new EmbeddedPostgresError(
      `The database in DATA_DIR ${dataDir.path} is owned by another user (id ${owner}, needed ${needed}): start Gatehouse as the user that made it, or set DATA_DIR to another directory.`,
    );
  }
  let version = 'unknown';
  try {
    version = fs.readFileSync(path.join(dataDir.cluster, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw dataDirFault(dataDir.path, error);
  }
  if (version === binaries.major) return;
  throw new EmbeddedPostgresError(
    `The database in DATA_DIR ${dataDir.path} is of PostgreSQL version ${version}, this is version ${binaries.major}: move the data over with pg_dump, or set DATA_DIR to another directory.`,
  );
}

function runInitdb(
  dataDir: DataDir,
  binaries: Binaries,
  target: string,
  passwordFile: string,
): Promise<void> {
  const settings = [
    `--pgdata=${target}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own C.UTF-8: the same on systems whose C library has no such locale
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(binaries.initdb, settings, {
      ...dataDir.account,
      cwd: '/',
      env: serverEnvironment(binaries),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
    child.once('error', (error) => reject(initdbFault(dataDir, error.message)));
    child.once('close', (code) => (code === 0 ? resolve() : reject(initdbFault(dataDir, tellingLine(said)))));
  });
}

function initdbFault(dataDir: DataDir, reason: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `PostgreSQL could not make its database in DATA_DIR ${dataDir.path} (${reason}). Set DATA_DIR to another directory, or DATABASE_URL to a PostgreSQL of your own.`,
  );
}
