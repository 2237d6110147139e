export { awaitDatabase, DatabaseUnreachable } from './await-database.js';
export { bigintAsNumber } from './bigint-as-number.js';
export { dataSourceOptions } from './data-source-options.js';
export { isDatabaseUnavailable, violatedUnique } from './database-errors.js';
export { Database, type Transaction } from './database.js';
export { DatabaseModule } from './database.module.js';
export * from './embedded/index.js';
export { migrate, revertNewest } from './migrate.js';
export { millis, nowPlus, type Runner, type Statement } from './statement.js';
