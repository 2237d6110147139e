#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { type Config, loadConfig } from '@gatehouse/config';
import { CONTRACTS, ROOTS } from '@gatehouse/contracts';
import { awaitDatabase, migrate, startEmbeddedPostgres } from '@gatehouse/database';
import { explainFailure } from '@gatehouse/kernel';
import { PinoLogger, Readiness } from '@gatehouse/operations';
import { createApp } from './create-app.js';
import { Lifecycle, StoppedWhileStarting } from './lifecycle.js';
import { Listeners } from './listeners.js';

// dist/apps/service/src/main.js → the project's root
const PROJECT_ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

const print = (text: string): boolean => process.stdout.write(text);
type Tell = (line: string) => void;

/** Starts everything and gives what tells the operator of the service's progress. */
async function start(lifecycle: Lifecycle): Promise<Tell> {
  const config = loadConfig(
    process.env,
    ROOTS.map(({ id }) => id),
  );
  const logger = new PinoLogger(config.logLevel);
  const progress = progressOf(config, logger);
  const databaseUrl = await lifecycle.step(...database(config, lifecycle, logger, progress));
  const migrations = await lifecycle.step(() => migrate(databaseUrl));
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
        logger,
      }),
    (app) => app.nest.close(),
  );
  await development?.plant(nest);
  const listeners = new Listeners(fastify);
  const ports = await lifecycle.step(
    () => listeners.open(config.listen.hosts, config.listen.ports),
    async () => {
      nest.get(Readiness, { strict: false }).stop();
      await listeners.close();
    },
  );
  if (development) print(development.developmentBanner(config, CONTRACTS, ports));
  else logger.log({ event: 'ready', ports, version: config.version }, 'Gatehouse');
  return progress;
}

/** A person reads development's output; production's is read by programs, and holds JSON lines alone. */
const progressOf = ({ mode }: Config, logger: PinoLogger): Tell =>
  mode === 'development'
    ? (line) => void print(`gatehouse: ${line}\n`)
    : (line) => logger.log({ event: 'progress', msg: line }, 'Gatehouse');

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
try {
  const progress = await start(lifecycle);
  await lifecycle.untilAsked();
  progress('stopping');
} catch (error) {
  if (!(error instanceof StoppedWhileStarting)) complain(error);
}
await lifecycle.stop(complain);
// A start that failed halfway may have left connections that nobody owns.
process.exit();
