import { Command, Option } from 'commander';
import { COMMAND_LINE } from '@gatehouse/audit';
import { AuthModule, ClientAdministration } from '@gatehouse/auth';
import type { ClientKind } from '@gatehouse/clients';
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

const SCOPES = ['introspect', 'revoke', 'feed'];

const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function assertUsable({ kind, channels, scopes, ...urls }: Options): void {
  if (kind === 'public' && channels.length === 0)
    throw new OperatorError('a public application needs --channels');
  if (kind === 'public' && scopes.length > 0)
    throw new OperatorError('--scopes are for confidential applications');
  if (kind === 'confidential' && scopes.length === 0)
    throw new OperatorError('a confidential application needs --scopes');
  if (kind === 'confidential' && channels.length > 0)
    throw new OperatorError('--channels are for public applications');
  const unknown = scopes.find((scope) => !SCOPES.includes(scope));
  if (unknown) throw new OperatorError(`--scopes: there is no scope ${unknown}, but ${SCOPES.join(', ')}`);
  const odd = channels.find((channel) => !/^[A-Za-z0-9._-]{1,50}$/.test(channel));
  if (odd) throw new OperatorError(`--channels: ${odd} is no channel: use letters, digits, or . _ -`);
  for (const url of [urls.verifyEmailUrl, urls.passwordResetUrl]) {
    if (url && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
      throw new OperatorError(`${url} is no http or https URL`);
    }
  }
}

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
    assertUsable(options);
    const { id, secret } = await withServices([AuthModule], (app) =>
      app.get(ClientAdministration).create(options, COMMAND_LINE),
    );
    process.stderr.write(
      `made the ${options.kind} application ${options.name}, id ${id}; keep this, it is not shown again:\n`,
    );
    process.stdout.write(`${secret}\n`);
  });
