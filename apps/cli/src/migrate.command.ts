import { Command } from 'commander';
import { revertNewest } from '@gatehouse/database';
import { configuration, migrateAs, withDatabase } from './with-services.js';

export const migrateDatabase = new Command('migrate')
  .description('Bring the database schema up to date; safe while several nodes start')
  .option('--revert', 'take the newest migration back instead, with the data that it holds')
  .action(async ({ revert }: { revert?: boolean }) => {
    const config = configuration();
    const done = await withDatabase(config, async (url) => {
      if (!revert) return migrateAs(config, url);
      return [await revertNewest(config.database.migrationUrl ?? url)].filter((name) => name !== undefined);
    });
    const what = revert ? 'taken back' : 'migrated';
    process.stdout.write(done.length > 0 ? `${what}: ${done.join(', ')}\n` : 'nothing to do\n');
  });
