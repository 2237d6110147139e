import { Injectable } from '@nestjs/common';
import { AuthError } from '@gatehouse/kernel';
import { Clients, ClientTaken, type NewClient } from '@gatehouse/clients';
import { Database, type Runner, type Transaction } from '@gatehouse/database';
import { PasswordHasher, Users } from '@gatehouse/users';

/** What everybody may know, since it exists in development alone. */
export const DEVELOPMENT_ADMIN = {
  username: 'admin',
  email: 'admin@gatehouse.localhost',
  password: 'gatehouse-admin',
} as const;

export const DEVELOPMENT_CLIENTS: readonly NewClient[] = [
  { name: 'dev', kind: 'public', channels: ['web', 'ios', 'android'], scopes: [], secret: 'dev-api-token' },
  {
    name: 'dev-gateway',
    kind: 'confidential',
    channels: [],
    scopes: ['introspect', 'revoke', 'feed'],
    secret: 'dev-gateway-secret',
  },
];

/** Development's account and applications, made at the first start and by a reset. */
@Injectable()
export class Seeds {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly clients: Clients,
  ) {}

  /** Makes what is missing and leaves what is there. */
  async plant(): Promise<void> {
    if (!(await this.users.findByLogin(DEVELOPMENT_ADMIN.username))) {
      // Another node planted it, or somebody took the name: both are fine.
      await this.createAdmin(this.database, await this.adminHash()).catch(unless(AuthError));
    }
    for (const client of DEVELOPMENT_CLIENTS) await this.clients.create(client).catch(unless(ClientTaken));
  }

  /** What `plantAnew` needs, which takes too long for a transaction that others wait for. */
  adminHash(): Promise<string> {
    return this.hasher.hash(DEVELOPMENT_ADMIN.password);
  }

  /** Makes all of it in tables that this transaction has emptied. */
  async plantAnew(transaction: Transaction, adminHash: string): Promise<void> {
    await this.createAdmin(transaction, adminHash);
    for (const client of DEVELOPMENT_CLIENTS) await this.clients.create(client, transaction);
  }

  private async createAdmin(runner: Runner, passwordHash: string): Promise<void> {
    const { username, email } = DEVELOPMENT_ADMIN;
    await this.users.create(runner, {
      username,
      email,
      passwordHash,
      status: 'ACTIVE',
      role: 'ADMIN',
      emailVerified: true,
    });
  }
}

const unless =
  (expected: abstract new (...args: never[]) => Error) =>
  (error: unknown): void => {
    if (!(error instanceof expected)) throw error;
  };
