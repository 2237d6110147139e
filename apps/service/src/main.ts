#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Audit } from '@gatehouse/audit';
import { type Config, loadConfig } from '@gatehouse/config';
import { CONTRACTS, ROOTS } from '@gatehouse/contracts';
import { awaitDatabase, migrateByOwner, startEmbeddedPostgres } from '@gatehouse/database';
import { explainFailure } from '@gatehouse/kernel';
import { Metrics, metricsListener, PinoLogger, Readiness } from '@gatehouse/operations';
import { createApp } from './create-app.js';
import { Lifecycle, StoppedWhileStarting } from './lifecycle.js';
import { Listeners } from './listeners.js';

// dist/apps/service/src/main.js → the project's root
const PROJECT_ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

const print = (text: string): boolean => process.stdout.write(text);
type Tell = (line: string, event?: string) => void;

/**
 * How long whatever is behind the requests may take to end, a mail that is being sent above all. A PostgreSQL that hangs
 * never hangs up; the end of the process does.
 */
const CLOSE_MS = 8_000;

/** How long a scrape may take to end; it takes about a second where PostgreSQL hangs. */
const SCRAPE_MS = 2_000;

interface Running {
  readonly progress: Tell;
  /** Makes clients and load balancers leave, while requests are still taken; for SHUTDOWN_DELAY. */
  readonly leave: () => Promise<unknown>;
}

async function start(lifecycle: Lifecycle): Promise<Running> {
  const config = loadConfig(
    process.env,
    ROOTS.map(({ id }) => id),
  );
  const logger = new PinoLogger(config.logLevel);
  const progress = progressOf(config, logger);
  const databaseUrl = await lifecycle.step(...database(config, lifecycle, logger, progress));
  const migrations = await lifecycle.step(() =>
    migrateByOwner(
      { url: databaseUrl, migrationUrl: config.database.migrationUrl },
      progress,
      lifecycle.signal,
    ),
  );
  if (migrations.length > 0) progress(`migrated the database: ${migrations.join(', ')}`);

  // Production never loads what exists for development.
  const development = config.mode === 'development' ? await import('./development.js') : undefined;
  const { nest, fastify } = await lifecycle.step(
    () =>
      createApp({
        config,
        databaseUrl,
        contracts: CONTRACTS,
        roots: ROOTS,
        extras: development?.EXTRAS ?? [],
        ...(development && { clock: development.makeClock() }),
        logger,
      }),
    ({ nest }) => Promise.race([nest.close(), sleep(CLOSE_MS)]),
  );
  await development?.plant(nest);
  if (config.mode === 'production') await warnOfHold(nest.get(Audit, { strict: false }), logger);
  const metricsPort = await openMetrics(config, nest.get(Metrics, { strict: false }), lifecycle);
  const readiness = nest.get(Readiness, { strict: false });
  const listeners = new Listeners(fastify);
  const ports = await lifecycle.step(
    () => listeners.open(config.listen.hosts, config.listen.ports),
    () => {
      readiness.stop();
      return listeners.close();
    },
  );
  if (development) print(development.developmentBanner(config, CONTRACTS, ports, metricsPort));
  else logger.log({ event: 'ready', ports, metricsPort, version: config.version }, 'Gatehouse');
  return {
    progress,
    leave: () => {
      readiness.stop();
      listeners.leave();
      return sleep(config.shutdownDelay);
    },
  };
}

/** An audit that the service itself could change proves little against whoever takes the service over. */
async function warnOfHold(audit: Audit, logger: PinoLogger): Promise<void> {
  const held = await audit.hold();
  if (!held) return;
  const about =
    `the role ${held.role} of DATABASE_URL could change the audit (${held.hold}): ` +
    'give the service a role of its own and set MIGRATION_DATABASE_URL, see docs/database-roles.md';
  logger.warn({ event: 'audit_unprotected', ...held, about }, 'Gatehouse');
}

/**
 * Listens for Prometheus where METRICS_PORT gives /metrics a port of its own, and gives that. Opened before the others,
 * and so closed after them: a stop can be watched.
 */
async function openMetrics(
  { metricsPort, listen }: Config,
  metrics: Metrics,
  lifecycle: Lifecycle,
): Promise<number | undefined> {
  if (typeof metricsPort !== 'number') return undefined;
  const listeners = new Listeners({ routing: metricsListener(metrics) }, 'METRICS_PORT');
  const [port] = await lifecycle.step(
    () => listeners.open(listen.hosts, [metricsPort]),
    () => listeners.close(SCRAPE_MS),
  );
  return port;
}

/** A person reads development's output; production's is read by programs, and holds JSON lines alone. */
const progressOf = ({ mode }: Config, logger: PinoLogger): Tell =>
  mode === 'development'
    ? (line) => void print(`gatehouse: ${line}\n`)
    : (line, event = 'progress') => logger.log({ event, msg: line }, 'Gatehouse');

/** The database to use, and how to stop it where we start it. */
function database(
  config: Config,
  lifecycle: Lifecycle,
  logger: PinoLogger,
  progress: Tell,
): [start: () => Promise<string>, stop?: () => Promise<unknown>] {
  const { url, dataDir } = config.database;
  if (url !== undefined)
    return [() => awaitDatabase(url, progress, { signal: lifecycle.signal }).then(() => url)];
  let stop = (): Promise<void> => Promise.resolve();
  const startIt = async (): Promise<string> => {
    const server = await startEmbeddedPostgres({ dataDir, projectRoot: PROJECT_ROOT, progress });
    stop = () => server.stop();
    server.onExit((reason) => {
      logger.fatal({ event: 'embedded_postgres_gone', reason }, 'Gatehouse');
      process.exitCode = 1;
      lifecycle.ask();
    });
    return server.url;
  };
  return [startIt, () => stop()];
}

const lifecycle = new Lifecycle();
const complain = (error: unknown): void => {
  process.stderr.write(`gatehouse: ${explainFailure(error)}\n`);
  process.exitCode = 1;
};
let running: Running | undefined;
try {
  running = await start(lifecycle);
  await lifecycle.untilAsked();
  running.progress('stopping', 'stopping');
  await running.leave();
} catch (error) {
  if (!(error instanceof StoppedWhileStarting)) complain(error);
}
await lifecycle.stop(complain);
running?.progress('stopped', 'stopped');
// A start that failed halfway may have left connections that nobody owns.
process.exit();
