import { Injectable } from '@nestjs/common';
import { type ClientId, Clock, KeyRing, OperatorError, Random } from '@gatehouse/kernel';
import { Database, nowPlus, type Statement, violatedUnique } from '@gatehouse/database';
import type { ClientKind } from './client.entity.js';

export interface NewClient {
  readonly name: string;
  readonly kind: ClientKind;
  readonly channels: readonly string[];
  readonly scopes: readonly string[];
  readonly verifyEmailUrl?: string | undefined;
  readonly passwordResetUrl?: string | undefined;
  /** Only development gives one; else it is made. */
  readonly secret?: string;
}

/** An application of that name exists already. */
export class ClientNameTaken extends OperatorError {
  override readonly name = 'ClientNameTaken';
}

const insertClient: Statement = {
  name: 'clients.insert',
  text: `
    WITH client AS (
      INSERT INTO clients (id, name, kind, channels, scopes, verify_email_url, password_reset_url, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, ${nowPlus(9)})
      RETURNING id, created_at
    )
    INSERT INTO client_secrets (hash, client_id, created_at) SELECT $8, id, created_at FROM client`,
};

/** The client applications. Their secrets are stored as keyed hashes alone. */
@Injectable()
export class Clients {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Makes an application; gives its id and its Api-Token or secret, which is shown this once. Throws ClientNameTaken. */
  async create(client: NewClient): Promise<{ id: ClientId; secret: string }> {
    const id = this.random.uuid() as ClientId;
    const secret = client.secret ?? this.random.bytes(32).toString('base64url');
    try {
      await this.database.run(insertClient, [
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
      if (violatedUnique(error) === undefined) throw error;
      throw new ClientNameTaken(`there is a client application named ${client.name} already`, {
        cause: error,
      });
    }
    return { id, secret };
  }
}
