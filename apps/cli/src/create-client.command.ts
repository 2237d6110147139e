import { Command, Option } from 'commander';
import { COMMAND_LINE } from '@gatehouse/audit';
import { AuthModule, ClientAdministration } from '@gatehouse/auth';
import { clientFault, type ClientKind, SCOPES } from '@gatehouse/clients';
import { OperatorError } from '@gatehouse/kernel';
import { withServices } from './with-services.js';

interface Options {
  readonly name: string;
  readonly kind: ClientKind;
  readonly channels: string[];
  readonly scopes: string[];
  readonly verifyEmailUrl?: string;
  readonly passwordResetUrl?: string;
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** `verifyEmailUrl` → `--verify-email-url`. */
const optionOf = (field: string): string =>
  `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

export const createClient = new Command('create-client')
  .description('Make a client application and print its Api-Token or secret, which is shown this once')
  .requiredOption('--name <name>', 'a name that no other application has')
  .addOption(
    new Option(
      '--kind <kind>',
      'public: has an Api-Token and channels; confidential: has a secret and scopes',
    )
      .choices(['public', 'confidential'])
      .default('public'),
  )
  .option('--channels <list>', 'channels that it may use, such as web,ios,android', list, [])
  .option('--scopes <list>', `what it may do: ${SCOPES.join(',')}`, list, [])
  .option('--verify-email-url <url>', 'base of the verification links that its users are mailed')
  .option('--password-reset-url <url>', 'base of the reset links that its users are mailed')
  .action(async (options: Options) => {
    const fault = clientFault(options);
    if (fault) throw new OperatorError(`${optionOf(fault.field)} ${fault.reason}`);
    const { id, secret } = await withServices([AuthModule], (app) =>
      app.get(ClientAdministration).create(options, COMMAND_LINE),
    );
    process.stderr.write(
      `made the ${options.kind} application ${options.name}, id ${id}; keep this, it is not shown again:\n`,
    );
    process.stdout.write(`${secret}\n`);
  });
