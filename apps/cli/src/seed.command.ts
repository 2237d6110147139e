import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { OperatorError } from '@gatehouse/kernel';
import { configuration, withServices } from './with-services.js';

const read = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(`${file} cannot be read (${error.code})`, { cause: error });
  });

export const seed = new Command('seed')
  .description('Make the accounts and client applications that a JSON file lists: in development mode alone')
  .argument(
    '<file>',
    '{"users": [...], "clients": [...]}, each entry as POST /dev/users and /dev/clients take it',
  )
  .addHelpText('after', '\nWhat is there already is left as it is, so the same file may be given again.')
  .action(async (file: string) => {
    if (configuration().mode !== 'development') {
      throw new OperatorError(
        'seed makes accounts whose passwords stand in a file: it works in development mode alone (GATEHOUSE_MODE)',
      );
    }
    const text = await read(file);
    // Production never loads what exists for development.
    const { SeedFile, SeedingModule } = await import('./development.js');
    const { users, clients } = await withServices([SeedingModule], (app) => app.get(SeedFile).plant(text));
    process.stdout.write(`users: ${users.made} made, ${users.found} there already\n`);
    process.stdout.write(`clients: ${clients.made} made, ${clients.found} there already\n`);
  });
