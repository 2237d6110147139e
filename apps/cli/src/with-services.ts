import { fileURLToPath } from 'node:url';
import { type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Config, ConfigModule, loadConfig } from '@gatehouse/config';
import { ROOTS } from '@gatehouse/contracts';
import { awaitDatabase, DatabaseModule, joinEmbeddedPostgres, migrateByOwner } from '@gatehouse/database';

// dist/apps/cli/src/with-services.js → the project's root
const PROJECT_ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

const progress = (line: string): boolean => process.stderr.write(`gatehouse: ${line}\n`);

export const configuration = (): Config =>
  loadConfig(
    process.env,
    ROOTS.map(({ id }) => id),
  );

/** Runs `work` with the URL of the database that the service uses: a running one is joined, else one is started. */
export async function withDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  const { url, dataDir } = config.database;
  if (url !== undefined) {
    await awaitDatabase(url, progress);
    return work(url);
  }
  const server = await joinEmbeddedPostgres({ dataDir, projectRoot: PROJECT_ROOT, progress });
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
}

/** Migrates the database that `url` reaches, as the service does at its start. */
export const migrateAs = ({ database: { migrationUrl } }: Config, url: string): Promise<string[]> =>
  migrateByOwner({ url, migrationUrl }, progress);

/**
 * Runs `work` with the services of these modules, over a migrated database.
 * @param by `owner`: over a connection of the role that owns the tables, where there are two
 */
export async function withServices<T>(
  modules: Type[],
  work: (app: INestApplicationContext) => Promise<T>,
  by: 'service' | 'owner' = 'service',
): Promise<T> {
  const config = configuration();
  return withDatabase(config, async (serviceUrl) => {
    await migrateAs(config, serviceUrl);
    const url = (by === 'owner' && config.database.migrationUrl) || serviceUrl;
    class CommandModule {}
    Module({ imports: [ConfigModule.for(config), DatabaseModule.for(url), ...modules] })(CommandModule);
    const app = await NestFactory.createApplicationContext(CommandModule, {
      logger: ['error'],
      abortOnError: false,
    });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  });
}
