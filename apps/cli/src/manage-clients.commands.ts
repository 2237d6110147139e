import { Command } from 'commander';
import { COMMAND_LINE } from '@gatehouse/audit';
import { AuthModule, ClientAdministration } from '@gatehouse/auth';
import { type Client, Clients, ClientsModule } from '@gatehouse/clients';
import { duration } from '@gatehouse/config';
import { OperatorError } from '@gatehouse/kernel';
import { withServices } from './with-services.js';

const noSuch = (name: string): OperatorError =>
  new OperatorError(`there is no enabled client application named ${name}; list-clients shows what there is`);

const row = ({ name, kind, channels, scopes, createdAt, disabledAt }: Client): string =>
  [
    name,
    kind,
    [...channels, ...scopes].join(',') || '-',
    createdAt.toISOString(),
    disabledAt ? `disabled ${disabledAt.toISOString()}` : 'enabled',
  ].join('\t');

export const listClients = new Command('list-clients')
  .description('List the client applications: name, kind, channels or scopes, age, whether enabled')
  .action(async () => {
    const clients = await withServices([ClientsModule], (app) => app.get(Clients).list());
    process.stdout.write(clients.map((client) => `${row(client)}\n`).join(''));
    if (clients.length === 0) process.stderr.write('there is none yet: create-client makes one\n');
  });

function overlapOf(text: string): number {
  try {
    return duration(text);
  } catch (error) {
    throw new OperatorError(`--overlap ${(error as Error).message}`, { cause: error });
  }
}

export const rotateClientSecret = new Command('rotate-client-secret')
  .description('Print a new Api-Token or secret for an application; the old one works on for a while')
  .argument('<name>', 'the name of the application')
  .option('--overlap <duration>', 'how long the old one works on, such as 7d; 0s: not at all', '7d')
  .action(async (name: string, { overlap }: { overlap: string }) => {
    const overlapMs = overlapOf(overlap);
    const secret = await withServices([AuthModule], (app) =>
      app.get(ClientAdministration).rotateSecret(name, overlapMs, COMMAND_LINE),
    );
    if (secret === undefined) throw noSuch(name);
    process.stderr.write(`the old one works for ${overlap} more; keep the new one, it is not shown again:\n`);
    process.stdout.write(`${secret}\n`);
  });

export const disableClient = new Command('disable-client')
  .description('Refuse an application from now on, on every node')
  .argument('<name>', 'the name of the application')
  .action(async (name: string) => {
    const disabled = await withServices([AuthModule], (app) =>
      app.get(ClientAdministration).disable(name, COMMAND_LINE),
    );
    if (!disabled) throw noSuch(name);
    process.stdout.write(`disabled ${name}\n`);
  });
