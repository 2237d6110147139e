import { Injectable } from '@nestjs/common';
import { type Act, Audit } from '@gatehouse/audit';
import { Clients, type NewClient } from '@gatehouse/clients';
import { Database } from '@gatehouse/database';
import type { ClientId } from '@gatehouse/kernel';

/** What an administrator does to client applications: each act is recorded with it, in one transaction. */
@Injectable()
export class ClientAdministration {
  constructor(
    private readonly database: Database,
    private readonly clients: Clients,
    private readonly audit: Audit,
  ) {}

  /** Makes an application; gives its id and its Api-Token or secret, which is shown this once. Throws ClientTaken. */
  create(client: NewClient, act: Act): Promise<{ id: ClientId; secret: string }> {
    return this.database.transaction(async (transaction) => {
      const made = await this.clients.create(client, transaction);
      const details = { client: made.id, kind: client.kind };
      await this.audit.record(transaction, { event: 'client_created', act, details });
      return made;
    });
  }

  /**
   * A new secret for an application. The old ones work for `overlapMs` more, so that its clients can change over.
   * Undefined where there is no enabled application of that name.
   */
  rotateSecret(name: string, overlapMs: number, act: Act): Promise<string | undefined> {
    return this.database.transaction(async (transaction) => {
      const rotated = await this.clients.rotateSecret(name, overlapMs, transaction);
      if (!rotated) return undefined;
      const details = { client: rotated.id, overlapMs };
      await this.audit.record(transaction, { event: 'client_secret_rotated', act, details });
      return rotated.secret;
    });
  }

  /** Refuses the application from now on. False where there is none of that name. */
  disable(name: string, act: Act): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      const client = await this.clients.disable(name, transaction);
      if (client === undefined) return false;
      await this.audit.record(transaction, { event: 'client_disabled', act, details: { client } });
      return true;
    });
  }
}
