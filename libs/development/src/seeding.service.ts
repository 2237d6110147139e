import { Injectable } from '@nestjs/common';
import { AuthError } from '@gatehouse/kernel';
import { clientFault, Clients, ClientTaken } from '@gatehouse/clients';
import type { Shown } from '@gatehouse/contract-kit';
import { Database } from '@gatehouse/database';
import { PasswordHasher, type User, Users } from '@gatehouse/users';
import type { SeedClientDto } from './dto/seed-client.dto.js';
import type { SeedUserDto } from './dto/seed-user.dto.js';
import { presentClient } from './development.present.js';
import type { SeededClient } from './development.shapes.js';

/** Makes accounts and applications in whatever state a test needs: no mail, no session, no list of refused passwords. */
@Injectable()
export class Seeding {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly clients: Clients,
  ) {}

  /** Throws AuthError `username_taken` or `email_taken`. */
  async createUser(wanted: SeedUserDto): Promise<User> {
    const passwordHash = await this.hasher.hash(wanted.password);
    return this.users.create(this.database, wanted.toAccount(passwordHash));
  }

  /** Throws AuthError `client_taken`, or `validation_failed` for what no application can be. */
  async createClient(wanted: SeedClientDto): Promise<Shown<typeof SeededClient>> {
    const client = wanted.toClient();
    const fault = clientFault(client);
    if (fault) throw new AuthError('validation_failed', { fields: [fault] });
    try {
      return presentClient(client, await this.clients.create(client));
    } catch (error) {
      throw error instanceof ClientTaken ? new AuthError('client_taken', { cause: error }) : error;
    }
  }
}
