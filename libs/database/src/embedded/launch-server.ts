import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.js';
import { serverEnvironment } from './cluster.js';
import type { DataDir } from './data-dir.js';
import { EmbeddedPostgresError, tellingLine } from './embedded-postgres-error.js';
import { findServer, type RunningServer } from './running-server.js';
import { endServer, poll } from './process-state.js';

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const START_LIMIT_MS = 60_000;
const PORT_ATTEMPTS = 5;

/**
 * Starts a server on a free port of 127.0.0.1 and waits until it has written its port; it may still be recovering.
 * Gives undefined if another process has started one on this cluster in the meantime.
 * @throws EmbeddedPostgresError with what the server said last
 */
export async function launchServer(dataDir: DataDir, binaries: Binaries): Promise<RunningServer | undefined> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const launched = await launchOn(port, dataDir, binaries);
    if ('server' in launched) return launched.server;
    if (/lock file "postmaster.pid" (already exists|is empty)/.test(launched.said)) return undefined;
    // the server was killed, and its children need a moment to notice
    if (/pre-existing shared memory block/.test(launched.said)) return sleep(250, undefined);
    // somebody else took the port after we had looked
    if (/could not (bind|create any TCP)/i.test(launched.said) && attempt < PORT_ATTEMPTS) continue;
    throw new EmbeddedPostgresError(
      `PostgreSQL did not start in DATA_DIR ${dataDir.path} (${tellingLine(launched.said)}). Its log is ${dataDir.logFile}.`,
    );
  }
}

async function launchOn(
  port: number,
  dataDir: DataDir,
  binaries: Binaries,
): Promise<{ server: RunningServer } | { said: string }> {
  const log = openLog(dataDir.logFile);
  const logStart = fs.fstatSync(log).size;
  try {
    const child = spawn(binaries.postgres, ['-D', dataDir.cluster, ...settings(port)], {
      ...dataDir.account,
      cwd: '/',
      env: serverEnvironment(binaries),
      // a file, as a pipe would break when this process is killed and the server lives on
      stdio: ['ignore', log, log],
      // Ctrl-C in a terminal reaches the whole process group; only we may stop the server, after the last request
      detached: true,
    });
    child.unref();
    let failed: string | undefined;
    let ended = false;
    child.once('error', (error) => (failed = error.message));
    // nothing more: this also comes after a stop, when the directory may be gone
    child.once('exit', () => (ended = true));
    const ready = await poll(
      START_LIMIT_MS,
      () => {
        if (failed !== undefined) return { said: failed };
        if (ended) return { said: readFrom(dataDir.logFile, logStart) };
        const state = findServer(dataDir.cluster);
        return state.kind === 'running' && state.pid === child.pid && { server: state };
      },
      5,
    );
    if (ready) return ready;
    if (child.pid !== undefined) await endServer(child.pid);
    return { said: `no answer within ${START_LIMIT_MS / 1000} s` };
  } finally {
    fs.closeSync(log);
  }
}

function settings(port: number): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    logging_collector: 'off',
    log_destination: 'stderr',
    // the details of an error quote rows, and rows hold addresses of people
    log_error_verbosity: 'terse',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function openLog(file: string): number {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) fs.truncateSync(file);
  return fs.openSync(file, 'a', 0o600);
}

/** The end of a file from a position on, at most the last 4,000 bytes of it. */
function readFrom(file: string, start: number): string {
  const text = fs.readFileSync(file);
  return text.subarray(Math.max(start, text.length - 4000)).toString('utf8');
}

/** What the server said last, for a message about its end. */
export function lastWords(dataDir: DataDir): string {
  try {
    return tellingLine(readFrom(dataDir.logFile, 0).split('\n').slice(-10).join('\n'));
  } catch {
    return 'its log cannot be read';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
