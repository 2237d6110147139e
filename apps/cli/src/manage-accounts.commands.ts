import type { INestApplicationContext } from '@nestjs/common';
import { isEmail } from 'class-validator';
import { Argument, Command } from 'commander';
import { AccountAdministration, AuthModule } from '@gatehouse/auth';
import { AuthError, OperatorError, type UserId } from '@gatehouse/kernel';
import { displayedUsername, type Role, type User, Users } from '@gatehouse/users';
import { withServices } from './with-services.js';

const NAME = 'its username, e-mail address or numeric id';
/** At most 15 digits: what a number holds exactly. */
const NUMERIC_ID = /^[1-9]\d{0,14}$/;

/**
 * The account that is meant. A username may consist of digits, and people choose their own: where it is another
 * account's id, nothing is guessed.
 */
async function accountOf(users: Users, name: string): Promise<User> {
  const [byLogin, byId] = [
    await users.findByLogin(name),
    NUMERIC_ID.test(name) ? await users.findById(Number(name) as UserId) : null,
  ];
  const found = byLogin ?? byId;
  if (!found) throw new OperatorError(`there is no account with the username, e-mail address or id ${name}`);
  if (byId && byId.id !== found.id)
    throw new OperatorError(
      `${name} is the username of one account and the id of another: name the one that you mean by its e-mail address`,
    );
  return found;
}

const shown = (user: User): string => `${displayedUsername(user)}, id ${user.id}`;

/** What an operator reads instead of the core's refusals. */
const REFUSALS: Partial<Record<string, string>> = {
  username_taken: 'there is another account with this username',
  email_taken: 'there is another account with this e-mail address',
  validation_failed: 'a username has 3 to 50 letters, digits, or . _ -',
  user_not_found: 'the account is gone',
};

/** Acts on the account that `name` means, and gives it as it was before. */
const actOn = (name: string, act: (on: AccountAdministration, id: UserId) => Promise<void>): Promise<User> =>
  withServices([AuthModule], async (app: INestApplicationContext) => {
    const user = await accountOf(app.get(Users), name);
    try {
      await act(app.get(AccountAdministration), user.id);
    } catch (error) {
      const refusal = error instanceof AuthError ? REFUSALS[error.code] : undefined;
      throw refusal === undefined ? error : new OperatorError(refusal, { cause: error });
    }
    return user;
  });

const done = (line: string): boolean => process.stdout.write(`${line}\n`);

export const blockUser = new Command('block-user')
  .description('Block an account: its sessions end on every node, and it cannot log in')
  .argument('<name>', NAME)
  .action(async (name: string) => {
    done(`blocked ${shown(await actOn(name, (on, id) => on.block(id)))}`);
  });

export const unblockUser = new Command('unblock-user')
  .description('Let a blocked account log in again; its ended sessions stay ended')
  .argument('<name>', NAME)
  .action(async (name: string) => {
    done(`unblocked ${shown(await actOn(name, (on, id) => on.unblock(id)))}`);
  });

export const setRole = new Command('set-role')
  .description('Set the role of an account; access tokens that say otherwise are refused from now on')
  .argument('<name>', NAME)
  .addArgument(new Argument('<role>', 'its role').choices(['USER', 'ADMIN']))
  .action(async (name: string, role: Role) => {
    done(`set the role of ${shown(await actOn(name, (on, id) => on.setRole(id, role)))}, to ${role}`);
  });

export const renameUser = new Command('rename-user')
  .description('Give an account another username; access tokens that say otherwise are refused from now on')
  .argument('<name>', NAME)
  .argument('<username>', 'its new username: 3 to 50 letters, digits, or . _ -')
  .action(async (name: string, username: string) => {
    const user = await actOn(name, (on, id) => on.rename(id, username));
    done(`renamed ${shown(user)}, to ${username.trim()}`);
  });

export const setEmail = new Command('set-email')
  .description(
    'Give an account another e-mail address; links and codes that were sent to the old one are void',
  )
  .argument('<name>', NAME)
  .argument('<address>', 'its new e-mail address')
  .option('--verified', 'the address is known to be theirs: it need not be verified by mail')
  .action(async (name: string, address: string, { verified = false }: { verified?: boolean }) => {
    const email = address.trim();
    if (!isEmail(email)) throw new OperatorError(`${email} is no e-mail address`);
    const user = await actOn(name, (on, id) => on.setEmail(id, email, verified));
    done(`set the e-mail address of ${shown(user)}, to ${email}`);
  });
