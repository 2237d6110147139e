import { isEmail } from 'class-validator';
import { Command } from 'commander';
import { Audit, AuditModule, COMMAND_LINE } from '@gatehouse/audit';
import { AuthError, OperatorError } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import { NewPasswords, passwordFault, USERNAME, Users, UsersModule } from '@gatehouse/users';
import { readPassword } from './read-password.js';
import { withServices } from './with-services.js';

interface Options {
  readonly username: string;
  readonly email: string;
}

const TAKEN: Partial<Record<string, string>> = {
  username_taken: 'there is an account with this username already',
  email_taken: 'there is an account with this e-mail address already',
};

/** Why no account was made, in words for the operator. */
const refusalOf = ({ code, fields: [first] }: AuthError): string | undefined =>
  code === 'password_refused' && first ? `the password ${first.reason}` : TAKEN[code];

/** Throws OperatorError for what no account may have. */
function assertUsable({ username, email }: Options, password: string): void {
  if (!USERNAME.test(username))
    throw new OperatorError('--username must be 3 to 50 letters, digits, or . _ -');
  if (!isEmail(email)) throw new OperatorError('--email must be an e-mail address');
  const fault = passwordFault(password);
  if (fault) throw new OperatorError(`the password ${fault}`);
}

export const createAdmin = new Command('create-admin')
  .description('Make an account with the role ADMIN; its e-mail address counts as verified')
  .requiredOption('--username <name>', '3 to 50 letters, digits, or . _ -')
  .requiredOption('--email <address>', 'its e-mail address')
  .addHelpText('after', '\nThe password is asked for, or read from standard input where that is no terminal.')
  .action(async (options: Options) => {
    const password = await readPassword();
    assertUsable(options, password);
    const id = await withServices([UsersModule, AuditModule], async (app) => {
      try {
        const passwordHash = await app.get(NewPasswords).forNew(options, { password });
        const account = {
          ...options,
          passwordHash,
          status: 'ACTIVE',
          role: 'ADMIN',
          emailVerified: true,
        } as const;
        return await app.get(Database).transaction(async (transaction) => {
          const { id: userId } = await app.get(Users).create(transaction, account);
          await app.get(Audit).record(transaction, { event: 'admin_created', userId, act: COMMAND_LINE });
          return userId;
        });
      } catch (error) {
        const refusal = error instanceof AuthError ? refusalOf(error) : undefined;
        throw refusal === undefined ? error : new OperatorError(refusal, { cause: error });
      }
    });
    process.stdout.write(`made the admin ${options.username}, id ${id}\n`);
  });
