import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AuthError, Clock, Random, type UserId, type UserUuid } from '@gatehouse/kernel';
import { type Runner, type Transaction, violatedUnique } from '@gatehouse/database';
import { emailKey, loginKey, usernameKey } from './account-names.js';
import { type Role, User, type UserStatus } from './user.entity.js';
import * as sql from './users.sql.js';

/** An account to be made. Names and addresses are trimmed here; the password comes hashed. */
export interface NewUser {
  readonly username?: string | undefined;
  readonly email: string;
  readonly passwordHash: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly phoneNumber?: string | undefined;
  readonly status: UserStatus;
  readonly role?: Role;
  readonly emailVerified?: boolean;
}

/** Absent: left as it is; null: cleared. */
export interface ProfileChanges {
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly profileImageLink?: string | null | undefined;
}

/** What a new address has changed. */
export interface EmailChange {
  /** The address before. */
  readonly before: string;
  /** Whether anything is, the verification included. */
  readonly changed: boolean;
  /** Whether it is another one by more than upper and lower case. */
  readonly moved: boolean;
  /** Whether the address counts as verified now. */
  readonly verified: boolean;
  /** Whether the account, which has no username, shows another name now. */
  readonly renamed: boolean;
}

/** The accounts. */
@Injectable()
export class Users {
  constructor(
    @InjectRepository(User) private readonly repository: Repository<User>,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** The account that a login field (username or e-mail address, in any case) names, or null. */
  findByLogin(login: string): Promise<User | null> {
    const { kind, key } = loginKey(login);
    return this.repository.findOneBy(kind === 'email' ? { emailKey: key } : { usernameKey: key });
  }

  findByEmail(email: string): Promise<User | null> {
    return this.repository.findOneBy({ emailKey: emailKey(email) });
  }

  findById(id: UserId): Promise<User | null> {
    return this.repository.findOneBy({ id });
  }

  /** Makes an account. Throws AuthError `username_taken` or `email_taken`: the database decides, not a look-up. */
  async create(runner: Runner, account: NewUser): Promise<User> {
    const username = account.username?.trim() ?? null;
    const email = account.email.trim();
    const user = Object.assign(new User(), {
      uuid: this.random.uuid() as UserUuid,
      username,
      usernameKey: username === null ? null : usernameKey(username),
      email,
      emailKey: emailKey(email),
      firstName: account.firstName ?? null,
      lastName: account.lastName ?? null,
      phoneNumber: account.phoneNumber ?? null,
      profileImageLink: null,
      role: account.role ?? 'USER',
      status: account.status,
      statusBeforeBlock: null,
      passwordHash: account.passwordHash,
      credentialVersion: 1,
      lastLoginAt: null,
    } satisfies Partial<User>);
    const { id, created_at: createdAt } = await this.insert(runner, user, account.emailVerified ?? false);
    const emailVerifiedAt = account.emailVerified ? createdAt : null;
    return Object.assign(user, { id: Number(id) as UserId, createdAt, emailVerifiedAt });
  }

  /**
   * Replaces the password hash, where nobody else did since `credentialVersion` was read. False where somebody did.
   * Holds the account's row until the transaction ends.
   */
  async changePassword(transaction: Transaction, user: User, passwordHash: string): Promise<boolean> {
    const rows = await transaction.run(sql.changePassword, [user.id, user.credentialVersion, passwordHash]);
    return rows.length === 1;
  }

  /**
   * Replaces the password hash, whatever it was, and gives the account's new credential version; undefined where there
   * is no such account. Holds the account's row until the transaction ends.
   */
  async setPassword(transaction: Transaction, id: UserId, passwordHash: string): Promise<number | undefined> {
    const [row] = await transaction.run<{ version: number }>(sql.setPassword, [id, passwordHash]);
    return row?.version;
  }

  /** Stores the same password hashed anew; does nothing where the password was changed in between. */
  async rehash(runner: Runner, user: User, passwordHash: string): Promise<void> {
    await runner.run(sql.rehash, [user.id, user.passwordHash, passwordHash]);
  }

  /** Notes the address as verified where it is still `emailKey`; a PENDING account becomes ACTIVE. */
  async verifyEmail(runner: Runner, id: UserId, key: string): Promise<boolean> {
    const rows = await runner.run(sql.verifyEmail, [id, key, this.clock.offsetMs]);
    return rows.length === 1;
  }

  /** Changes what is given (null clears it) and leaves the rest. False where there is no such account. */
  async updateProfile(runner: Runner, id: UserId, changes: ProfileChanges): Promise<boolean> {
    const { firstName, lastName, profileImageLink } = changes;
    const values = [firstName, lastName, profileImageLink].flatMap((value) => [
      value !== undefined,
      value ?? null,
    ]);
    return (await runner.run(sql.updateProfile, [id, ...values])).length === 1;
  }

  /** Blocks the account. Holds its row until the transaction ends. False where there is no such account. */
  async block(transaction: Transaction, id: UserId): Promise<boolean> {
    return (await transaction.run(sql.blockUser, [id])).length === 1;
  }

  /** Makes a BLOCKED account what it was before; others stay as they are. False where there is no such account. */
  async unblock(runner: Runner, id: UserId): Promise<boolean> {
    return (await runner.run(sql.unblockUser, [id])).length === 1;
  }

  /**
   * Sets the role and tells whether it was another one; undefined where there is no such account. Holds the account's
   * row until the transaction ends.
   */
  async setRole(transaction: Transaction, id: UserId, role: Role): Promise<boolean | undefined> {
    const [row] = await transaction.run<{ changed: boolean }>(sql.setRole, [id, role]);
    return row?.changed;
  }

  /**
   * Sets the username and tells as `setRole` does whether it was another one, be it in upper and lower case alone.
   * Throws AuthError `username_taken`.
   */
  async rename(transaction: Transaction, id: UserId, username: string): Promise<boolean | undefined> {
    const name = username.trim();
    const values = [id, name, usernameKey(name)];
    const [row] = await transaction.run<{ changed: boolean }>(sql.renameUser, values).catch(asTaken);
    return row?.changed;
  }

  /**
   * Sets the e-mail address, verified or to be verified anew, and tells what that has changed; undefined where there is
   * no such account. Holds the account's row until the transaction ends. Throws AuthError `email_taken`.
   */
  async setEmail(
    transaction: Transaction,
    id: UserId,
    email: string,
    verified: boolean,
  ): Promise<EmailChange | undefined> {
    const values = [id, email.trim(), emailKey(email), verified, this.clock.offsetMs];
    const [row] = await transaction.run<EmailChange>(sql.setEmail, values).catch(asTaken);
    return row;
  }

  /** Holds the account's row until the transaction ends. False where there is no such account. */
  async lock(transaction: Transaction, id: UserId): Promise<boolean> {
    return (await transaction.run(sql.lockUser, [id])).length === 1;
  }

  /** The same, for an account that still has the address of `user`. */
  async lockWithAddress(transaction: Transaction, user: Pick<User, 'id' | 'emailKey'>): Promise<boolean> {
    return (await transaction.run(sql.lockWithAddress, [user.id, user.emailKey])).length === 1;
  }

  /** The same, for an address that awaits verification. False where `user`'s does not (any more), or is another one. */
  async lockUnverified(transaction: Transaction, user: Pick<User, 'id' | 'emailKey'>): Promise<boolean> {
    return (await transaction.run(sql.lockUnverified, [user.id, user.emailKey])).length === 1;
  }

  private async insert(
    runner: Runner,
    user: User,
    verified: boolean,
  ): Promise<{ id: string; created_at: Date }> {
    const values = [
      user.uuid,
      user.username,
      user.usernameKey,
      user.email,
      user.emailKey,
      user.firstName,
      user.lastName,
      user.phoneNumber,
      user.role,
      user.status,
      user.passwordHash,
      verified,
      this.clock.offsetMs,
    ];
    const [row] = await runner.run<{ id: string; created_at: Date }>(sql.insertUser, values).catch(asTaken);
    return row as { id: string; created_at: Date };
  }
}

/** The refusal behind a unique constraint's violation: the database decides what is taken, not a look-up. */
function asTaken(error: unknown): never {
  const constraint = violatedUnique(error);
  if (constraint === 'users_username_unique') throw new AuthError('username_taken', { cause: error });
  if (constraint === 'users_email_unique') throw new AuthError('email_taken', { cause: error });
  throw error;
}
