import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { type ClientId, Clock, KeyRing, OperatorError, Random } from '@gatehouse/kernel';
import { Database, type Runner, violatedUnique } from '@gatehouse/database';
import { Client, type ClientKind } from './client.entity.js';
import * as sql from './clients.sql.js';

export interface NewClient {
  readonly name: string;
  readonly kind: ClientKind;
  readonly channels: readonly string[];
  readonly scopes: readonly string[];
  readonly verifyEmailUrl?: string | undefined;
  readonly passwordResetUrl?: string | undefined;
  /** Only development gives one; else it is made. */
  readonly secret?: string | undefined;
}

/** A public application, as a request with its Api-Token makes it known. */
export interface ClientApplication {
  readonly id: ClientId;
  readonly name: string;
  readonly channels: readonly string[];
  /** Its own bases for the links in mails; null: the service's. */
  readonly verifyEmailUrl: string | null;
  readonly passwordResetUrl: string | null;
}

interface ClientRow {
  readonly id: ClientId;
  readonly name: string;
  readonly channels: string[];
  readonly verify_email_url: string | null;
  readonly password_reset_url: string | null;
}

/** An application of that name, or with that secret, exists already. */
export class ClientTaken extends OperatorError {
  override readonly name = 'ClientTaken';
}

/** What is taken, by the constraint that says so. */
const TAKEN: Readonly<Record<string, (name: string) => string>> = {
  clients_name_unique: (name) => `there is a client application named ${name} already`,
  client_secrets_pkey: () => 'another client application has this secret already',
};

/** The client applications. Their secrets are stored as keyed hashes alone. */
@Injectable()
export class Clients {
  constructor(
    @InjectRepository(Client) private readonly repository: Repository<Client>,
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Makes an application; gives its id and its Api-Token or secret, which is shown this once. Throws ClientTaken. */
  async create(client: NewClient, runner: Runner = this.database): Promise<{ id: ClientId; secret: string }> {
    const id = this.random.uuid() as ClientId;
    const secret = client.secret ?? this.newSecret();
    try {
      await runner.run(sql.insertClient, [
        id,
        client.name,
        client.kind,
        client.channels,
        client.scopes,
        client.verifyEmailUrl ?? null,
        client.passwordResetUrl ?? null,
        this.keys.hmac('api-tokens', secret),
        this.clock.offsetMs,
      ]);
    } catch (error) {
      const taken = TAKEN[violatedUnique(error) ?? ''];
      throw taken ? new ClientTaken(taken(client.name), { cause: error }) : error;
    }
    return { id, secret };
  }

  /** The enabled public application with this Api-Token, or null. */
  async identify(apiToken: string): Promise<ClientApplication | null> {
    const hashes = this.keys.hmacs('api-tokens', apiToken);
    const [row] = await this.database.run<ClientRow>(sql.identifyClient, [hashes, this.clock.offsetMs]);
    if (!row) return null;
    return {
      id: row.id,
      name: row.name,
      channels: row.channels,
      verifyEmailUrl: row.verify_email_url,
      passwordResetUrl: row.password_reset_url,
    };
  }

  /** All applications, by name. */
  list(): Promise<Client[]> {
    return this.repository.find({ order: { name: 'ASC' } });
  }

  /**
   * A new secret for an application. The old ones work for `overlapMs` more, so that its clients can change over.
   * Undefined where there is no enabled application of that name.
   */
  async rotateSecret(
    name: string,
    overlapMs: number,
    runner: Runner = this.database,
  ): Promise<{ id: ClientId; secret: string } | undefined> {
    const secret = this.newSecret();
    const values = [name, this.keys.hmac('api-tokens', secret), this.clock.offsetMs, overlapMs];
    const [row] = await runner.run<{ client_id: ClientId }>(sql.rotateSecret, values);
    return row && { id: row.client_id, secret };
  }

  /** Refuses the application from now on, and gives its id; undefined where there is none of that name. */
  async disable(name: string, runner: Runner = this.database): Promise<ClientId | undefined> {
    const [row] = await runner.run<{ id: ClientId }>(sql.disableClient, [name, this.clock.offsetMs]);
    return row?.id;
  }

  private newSecret(): string {
    return this.random.bytes(32).toString('base64url');
  }
}
