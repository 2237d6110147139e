import type { ContractClient, Offering, OptionalOperations } from '../clients/contract-client.js';
import { NotOffered } from '../clients/contract-client.js';

type Name = keyof OptionalOperations;

/** Whether the client's document offers all of these. */
export const offers = <Names extends Name>(
  client: ContractClient,
  names: readonly Names[],
): client is ContractClient & Offering<Names> => names.every((name) => !(client[name] instanceof NotOffered));

/**
 * Lists the scenarios for each contract that offers these operations. A contract that does not is not skipped: the
 * suite says so, and holds the server to it.
 */
export function whereOffered<Names extends Name>(
  clients: readonly ContractClient[],
  names: readonly Names[],
  scenarios: (client: Offering<Names>) => void,
): void {
  for (const client of clients) {
    if (offers(client, names)) describe(client.id, () => scenarios(client));
    else stateMissing(client, names);
  }
}

function stateMissing(client: ContractClient, names: readonly Name[]): void {
  const missing = names.map((name) => client[name]).filter((operation) => operation instanceof NotOffered);
  it.each(missing)(`${client.id} does not offer this: $reason`, async ({ route: [method, path] }) => {
    const { status, json } = await client.request(method, path);
    expect(status).toBe(404);
    expect(json).toEqual(client.refusal.body(404, json));
  });
}
