import { Command } from 'commander';
import { migrate, revertNewest } from '@gatehouse/database';
import { configuration, withDatabase } from './with-services.js';

export const migrateDatabase = new Command('migrate')
  .description('Bring the database schema up to date; safe while several nodes start')
  .option('--revert', 'take the newest migration back instead, with the data that it holds')
  .action(async ({ revert }: { revert?: boolean }) => {
    const done = await withDatabase(configuration(), async (url) =>
      revert ? [await revertNewest(url)].filter((name) => name !== undefined) : await migrate(url),
    );
    const what = revert ? 'taken back' : 'migrated';
    process.stdout.write(done.length > 0 ? `${what}: ${done.join(', ')}\n` : 'nothing to do\n');
  });
