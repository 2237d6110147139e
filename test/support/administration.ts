import { COMMAND_LINE } from '@gatehouse/audit';
import { AccountAdministration, ClientAdministration } from '@gatehouse/auth';
import type { NewClient } from '@gatehouse/clients';
import type { UserId } from '@gatehouse/kernel';
import type { Service } from './start-service.js';

/** An administrator's acts on one account, on this node. */
export function administrationOf(service: Service, account: number) {
  const on = service.nest.get(AccountAdministration, { strict: false });
  const id = account as UserId;
  return {
    block: () => on.block(id),
    unblock: () => on.unblock(id),
    setRole: (role: 'USER' | 'ADMIN') => on.setRole(id, role),
    setEmail: (email: string, verified = false) => on.setEmail(id, email, verified),
    rename: (username: string) => on.rename(id, username),
  };
}

/** What the command line does to client applications, on this node. */
export function applicationsOf(service: Service) {
  const on = service.nest.get(ClientAdministration, { strict: false });
  return {
    create: (client: NewClient) => on.create(client, COMMAND_LINE),
    rotateSecret: (name: string, overlapMs: number) => on.rotateSecret(name, overlapMs, COMMAND_LINE),
    disable: (name: string) => on.disable(name, COMMAND_LINE),
  };
}

/** What an access token says of its holder, unverified. */
export function saidBy(accessToken: string): { readonly role: string; readonly username: string } {
  const { role, username } = JSON.parse(
    Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString(),
  ) as Record<'role' | 'username', string>;
  return { role, username };
}
