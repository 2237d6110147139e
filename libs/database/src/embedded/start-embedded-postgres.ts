import path from 'node:path';
import { serverAccount } from './account.js';
import { type Binaries, prepareBinaries } from './binaries.js';
import { ensureCluster, readPassword } from './cluster.js';
import { claim, DATABASE, ensureDatabase, isBrokenConnection, reach, urlOf } from './connection.js';
import { type DataDir, openDataDir } from './data-dir.js';
import { DataDirBusyError, dataDirFault, EmbeddedPostgresError } from './embedded-postgres-error.js';
import { launchServer } from './launch-server.js';
import { OwnedServer } from './owned-server.js';
import { endServer, isAlive, poll } from './process-state.js';
import { findServer, removeStale, type RunningServer, standInFor } from './running-server.js';

/** How to start; relative values of `dataDir` start at `projectRoot`. */
export interface EmbeddedPostgresOptions {
  /** DATA_DIR as the operator set it; undefined for the default */
  dataDir: string | undefined;
  /** the directory of package.json and node_modules */
  projectRoot: string;
  /** gets a plain line when something takes time or deserves notice */
  progress?: (line: string) => void;
}

/** A PostgreSQL server of this process, or one it has joined. */
export interface EmbeddedPostgres {
  /** connection URL of the database `gatehouse` as superuser `postgres`, on 127.0.0.1 */
  url: string;
  port: number;
  /** a new database cluster was made */
  first: boolean;
  /** a server left over by a killed process was taken over */
  adopted: boolean;
  /** calls the listener once if PostgreSQL dies by itself while this process owns it */
  onExit(listener: (reason: string) => void): void;
  /** ends the server if it is ours, waits until its process is gone; may be called again */
  stop(): Promise<void>;
}

interface Place {
  dataDir: DataDir;
  binaries: Binaries;
  password: string;
  first: boolean;
  progress: (line: string) => void;
}

/** How often a server may vanish under our hands (shut down by its owner, lost in a race) before we give up. */
const ATTEMPTS = 20;

/**
 * Starts PostgreSQL in the data directory, or takes over the server of a process that was killed, and owns it.
 * @throws EmbeddedPostgresError if the data directory cannot be used, another process owns it, or PostgreSQL fails
 */
export function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return withPlace(options, own);
}

/**
 * For command line tools: uses the server of a live service, which goes on when the tool has finished, or starts one.
 * @throws EmbeddedPostgresError as startEmbeddedPostgres
 */
export function joinEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return withPlace(options, async (place) => {
    for (let attempt = 1; ; attempt++) {
      const joined = await join(place);
      if (joined) return joined;
      try {
        return await own(place);
      } catch (error) {
        // a service has started in this moment: join that
        if (!(error instanceof DataDirBusyError) || attempt === ATTEMPTS) throw error;
      }
    }
  });
}

async function withPlace(
  options: EmbeddedPostgresOptions,
  use: (place: Place) => Promise<EmbeddedPostgres>,
): Promise<EmbeddedPostgres> {
  const { projectRoot, progress = () => undefined } = options;
  const account = serverAccount();
  const dataDir = openDataDir(options.dataDir, projectRoot, account);
  try {
    const binaries = prepareBinaries(projectRoot, account, path.join(dataDir.path, 'postgres.lib'));
    const password = readPassword(dataDir);
    const first = await ensureCluster(dataDir, binaries, password, progress);
    return await use({ dataDir, binaries, password, first, progress });
  } catch (error) {
    throw dataDirFault(dataDir.path, error);
  }
}

async function own(place: Place): Promise<EmbeddedPostgres> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const running = await settledServer(place.dataDir);
    const server = running ?? (await launchServer(place.dataDir, place.binaries));
    const owned = server && (await takeOver(place, server, running === undefined));
    if (owned) return owned;
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL in DATA_DIR ${place.dataDir.path} ends again and again. Its log is ${place.dataDir.logFile}.`,
  );
}

/** The server that runs on the cluster, if any; clears a postmaster.pid that names none. */
async function settledServer({ cluster }: DataDir): Promise<RunningServer | undefined> {
  const settled = await poll(2_000, () => {
    const state = findServer(cluster);
    // an empty file is one that a server is about to fill
    return state.kind !== 'starting' && !(state.kind === 'stale' && state.content === '') && state;
  });
  const state = settled ?? findServer(cluster);
  if (state.kind === 'running') return state;
  if (state.kind === 'stale') removeStale(cluster, state.content);
  if (state.kind === 'uncollected') standInFor(cluster, state.content);
  return undefined;
}

/** Becomes the owner. Gives undefined if the server ended first; no server of ours outlives a failure. */
async function takeOver(
  place: Place,
  server: RunningServer,
  launched: boolean,
): Promise<EmbeddedPostgres | undefined> {
  const { dataDir, password, first, progress } = place;
  let mayEnd = launched;
  try {
    const client = await reach(dataDir, server, password);
    if (!client) return undefined;
    await claim(client, dataDir);
    mayEnd = true;
    await ensureDatabase(client);
    const owned = new OwnedServer(server, dataDir, password, client);
    if (!launched) progress(`took over the PostgreSQL that a killed process left in ${dataDir.path}`);
    return {
      url: urlOf(server, password, DATABASE),
      port: server.port,
      first,
      adopted: !launched,
      onExit: (listener) => owned.onExit(listener),
      stop: () => owned.stop(),
    };
  } catch (error) {
    if (isBrokenConnection(error) && (await hasEnded(server))) return undefined;
    // whoever was faster with the lock owns the server now, even if we launched it
    if (mayEnd && !(error instanceof DataDirBusyError)) await endServer(server.pid);
    throw error;
  }
}

/** A connection breaks when the server's owner has just stopped it; that is soon over. */
async function hasEnded(server: RunningServer): Promise<boolean> {
  return (await poll(30_000, () => !isAlive(server.pid))) ?? false;
}

async function join({ dataDir, password, first }: Place): Promise<EmbeddedPostgres | undefined> {
  const server = await settledServer(dataDir);
  const client = server && (await reach(dataDir, server, password));
  if (!client) return undefined;
  try {
    await ensureDatabase(client);
  } catch (error) {
    if (isBrokenConnection(error) && (await hasEnded(server))) return undefined;
    throw error;
  } finally {
    void client.end().catch(() => undefined);
  }
  return {
    url: urlOf(server, password, DATABASE),
    port: server.port,
    first,
    adopted: false,
    onExit: () => undefined,
    stop: () => Promise.resolve(),
  };
}
