import { Injectable } from '@nestjs/common';
import { AuthError } from '@gatehouse/kernel';
import { ClientNameTaken, Clients, type NewClient } from '@gatehouse/clients';
import { Database } from '@gatehouse/database';
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

/** Development's account and applications, made at the first start. */
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
    if (!(await this.users.findByLogin(DEVELOPMENT_ADMIN.username))) await this.plantAdmin();
    for (const client of DEVELOPMENT_CLIENTS) {
      await this.clients.create(client).catch((error: unknown) => {
        if (!(error instanceof ClientNameTaken)) throw error;
      });
    }
  }

  private async plantAdmin(): Promise<void> {
    const { username, email, password } = DEVELOPMENT_ADMIN;
    const passwordHash = await this.hasher.hash(password);
    try {
      await this.users.create(this.database, {
        username,
        email,
        passwordHash,
        status: 'ACTIVE',
        role: 'ADMIN',
        emailVerified: true,
      });
    } catch (error) {
      // Another node planted it, or somebody took the name: both are fine.
      if (!(error instanceof AuthError)) throw error;
    }
  }
}
