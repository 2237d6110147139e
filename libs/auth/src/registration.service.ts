import { Injectable } from '@nestjs/common';
import { Audit } from '@gatehouse/audit';
import { Database, type Transaction } from '@gatehouse/database';
import { LoginGuard } from '@gatehouse/guessing';
import { type Names, NewPasswords, splitFullName, type User, Users } from '@gatehouse/users';
import { type Account, accountOf } from './account.js';
import { actOf } from './act.js';
import type { Caller } from './caller.js';
import { Grants, type SessionGrant } from './grants.service.js';
import { VerificationMail } from './verification-mail.service.js';

/** An account as a contract's registration asks for it. */
export interface NewAccount {
  readonly username?: string | undefined;
  readonly email: string;
  readonly password: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  /** Instead of the two: split into them. */
  readonly fullName?: string | undefined;
  /** Names that the contract asks for and does not store: the password must not be one of them all the same. */
  readonly unstoredNames?: Names | undefined;
  readonly phoneNumber?: string | undefined;
  /** Whether the contract has a verification flow: the account then starts PENDING and is mailed a link and a code. */
  readonly verifiesEmail: boolean;
}

/** Registers accounts. Account, mail and session are made in one transaction: all of them or none. */
@Injectable()
export class Registration {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly passwords: NewPasswords,
    private readonly guard: LoginGuard,
    private readonly grants: Grants,
    private readonly verification: VerificationMail,
    private readonly audit: Audit,
  ) {}

  /** Makes an account and no session. Throws AuthError `password_refused`, `username_taken`, `email_taken`. */
  async register(account: NewAccount, caller: Caller): Promise<Account> {
    const passwordHash = await this.hashFor(account);
    const user = await this.database.transaction((transaction) =>
      this.create(transaction, account, passwordHash, caller),
    );
    return accountOf(user);
  }

  /** Makes an account and logs it in. Throws AuthError `password_refused`, `username_taken`, `email_taken`. */
  async registerAndLogIn(account: NewAccount, caller: Caller): Promise<SessionGrant> {
    const passwordHash = await this.hashFor(account);
    return this.database.transaction(async (transaction) => {
      const user = await this.create(transaction, account, passwordHash, caller);
      return this.grants.open(transaction, user, caller);
    });
  }

  private hashFor(account: NewAccount): Promise<string> {
    const owner = { ...account, ...(account.unstoredNames ?? namesOf(account)) };
    return this.passwords.forNew(owner, account);
  }

  private async create(
    transaction: Transaction,
    account: NewAccount,
    passwordHash: string,
    caller: Caller,
  ): Promise<User> {
    const user = await this.users.create(transaction, {
      username: account.username,
      email: account.email,
      passwordHash,
      ...namesOf(account),
      phoneNumber: account.phoneNumber,
      status: account.verifiesEmail ? 'PENDING' : 'ACTIVE',
    });
    await this.audit.record(transaction, {
      event: 'registered',
      userId: user.id,
      act: actOf(caller, user.id),
    });
    await this.guard.noteRegistration(transaction, user.id, caller.device.ip);
    await this.verification.sendIfNeeded(transaction, user, account.verifiesEmail, caller);
    return user;
  }
}

const namesOf = ({ firstName, lastName, fullName }: NewAccount) => {
  if (fullName === undefined) return { firstName, lastName };
  const names = splitFullName(fullName);
  return { firstName: names.firstName ?? undefined, lastName: names.lastName ?? undefined };
};
