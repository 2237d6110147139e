import { Logger } from '@nestjs/common';
import type { DataSourceOptions } from 'typeorm';
import { MIGRATIONS } from './migrations/index.js';
import { SnakeCaseNaming } from './snake-case-naming.js';

/** How long PostgreSQL may take: to accept a connection, and to run one statement. No answer is slower than 5 s. */
const CONNECT_MS = 3_000;
const STATEMENT_MS = 4_000;

/** TypeORM's options for `url`. The schema comes from migrations alone: `synchronize` is off, always. */
export function dataSourceOptions(url: string, pool = 10): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    synchronize: false,
    migrations: MIGRATIONS,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    namingStrategy: new SnakeCaseNaming(),
    logging: false,
    poolSize: pool,
    applicationName: 'gatehouse',
    poolErrorHandler: (error: Error) =>
      new Logger('Database').warn(`a connection was lost: ${error.message}`),
    extra: {
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: STATEMENT_MS,
      // the server may be too dead to time out by itself
      query_timeout: STATEMENT_MS + 500,
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
    },
  };
}
