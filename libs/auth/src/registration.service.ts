import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@gatehouse/database';
import { PasswordHasher, type User, Users } from '@gatehouse/users';
import { type Account, accountOf } from './account.js';
import type { Caller } from './caller.js';
import { EmailVerification } from './email-verification.service.js';
import { type Grant, Grants } from './grants.service.js';

/** An account as a contract's registration asks for it. */
export interface NewAccount {
  readonly username?: string | undefined;
  readonly email: string;
  readonly password: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly phoneNumber?: string | undefined;
  /** Whether the contract has a verification flow: the account then starts PENDING and a link is mailed. */
  readonly verifiesEmail: boolean;
}

/** Registers accounts. Account, mail and session are made in one transaction: all of them or none. */
@Injectable()
export class Registration {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly grants: Grants,
    private readonly verification: EmailVerification,
  ) {}

  /** Makes an account and no session. Throws AuthError `username_taken`, `email_taken`, `overloaded`. */
  async register(account: NewAccount): Promise<Account> {
    const passwordHash = await this.hasher.hash(account.password);
    const user = await this.database.transaction((transaction) =>
      this.create(transaction, account, passwordHash),
    );
    return accountOf(user);
  }

  /** Makes an account and logs it in. Throws AuthError `username_taken`, `email_taken`, `overloaded`. */
  async registerAndLogIn(account: NewAccount, caller: Caller): Promise<Grant> {
    const passwordHash = await this.hasher.hash(account.password);
    return this.database.transaction(async (transaction) => {
      const user = await this.create(transaction, account, passwordHash);
      return this.grants.open(transaction, user, caller);
    });
  }

  private async create(transaction: Transaction, account: NewAccount, passwordHash: string): Promise<User> {
    const user = await this.users.create(transaction, {
      username: account.username,
      email: account.email,
      passwordHash,
      firstName: account.firstName,
      lastName: account.lastName,
      phoneNumber: account.phoneNumber,
      status: account.verifiesEmail ? 'PENDING' : 'ACTIVE',
    });
    await this.verification.mailIfNeeded(transaction, user, account.verifiesEmail);
    return user;
  }
}
