import { createApp } from '../../apps/service/src/create-app.js';
import { Listeners } from '../../apps/service/src/listeners.js';
import type { INestApplication } from '@nestjs/common';
import { loadConfig } from '@gatehouse/config';
import type { Contract, ContractRoot } from '@gatehouse/contract-kit';
import { CONTRACTS, ROOTS } from '@gatehouse/contracts';
import { DevelopmentModule, Seeds } from '@gatehouse/development';
import { PinoLogger } from '@gatehouse/operations';
import { collectLog } from './collected.js';
import { testDatabase, type TestDatabase } from './test-database.js';
import { documentCheck } from './truth/check-answer.js';
import { checkAnswersOf, stopChecking } from './truth/checked-services.js';
import { TurnableClock } from './turnable-clock.js';

export interface Service {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly nest: INestApplication;
  readonly database: TestDatabase;
  readonly clock: TurnableClock;
  /** What the service has logged, line by line. */
  readonly log: string[];
  stop(): Promise<void>;
}

export interface ServiceOptions {
  /** Settings beside those of the tests. */
  readonly env?: Record<string, string>;
  readonly contracts?: readonly Contract[];
  readonly roots?: readonly ContractRoot[];
  /** Another node's database; it is then not dropped here. */
  readonly database?: TestDatabase;
  readonly clock?: TurnableClock;
  /** Its answers are not held against the OpenAPI documents: for contracts that have none. */
  readonly undocumented?: boolean;
  /** Instead of any free one: for settings that name the port. */
  readonly port?: number;
}

/** Cheap hashes: tests ask what happens, not how long an attacker needs. */
const TEST_ENV = {
  GATEHOUSE_MODE: 'development',
  ARGON2_COST: 'm=8,t=1,p=1',
  LOGIN_FAILURE_FLOOR: '0s',
  LOG_LEVEL: 'info',
};

/** The whole service in this process, on a free port, with its own database and a clock that the test turns. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const { contracts = CONTRACTS, roots = ROOTS, clock = new TurnableClock() } = options;
  const config = loadConfig(
    { ...TEST_ENV, ...options.env },
    roots.map(({ id }) => id),
  );
  const database = options.database ?? (await testDatabase());
  const log: string[] = [];
  const write = (line: string): void => {
    log.push(line);
    collectLog(line);
  };
  const logger = new PinoLogger(config.logLevel, { write });
  const extras = [DevelopmentModule];
  const { nest, fastify } = await createApp({
    config,
    databaseUrl: database.url,
    contracts,
    roots,
    extras,
    clock,
    logger,
  });
  await nest.get(Seeds, { strict: false }).plant();
  const listeners = new Listeners(fastify);
  const [port] = await listeners.open(['127.0.0.1'], [options.port ?? 0]);
  const url = `http://127.0.0.1:${port}`;
  if (!options.undocumented) checkAnswersOf(url, documentCheck({ ...TEST_ENV, ...options.env }));
  return {
    url,
    nest,
    database,
    clock,
    log,
    stop: async () => {
      stopChecking(url);
      await listeners.close();
      await nest.close();
      if (!options.database) await database.drop();
    },
  };
}
