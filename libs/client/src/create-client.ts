import createFetchClient, { type Client } from 'openapi-fetch';
import type { Dialect } from './dialect.js';
import { memoryStore } from './memory-store.js';
import { type LoggedOutReason, Session } from './session.js';
import { Server } from './server.js';
import type { TokenStore } from './tokens.js';

export interface ClientOptions {
  /** Where the service is, without the contract's prefix: `https://auth.example.com`, or `/auth` on the page's own origin. */
  readonly baseUrl: string;
  /** Where the tokens are kept; in memory unless said otherwise. */
  readonly store?: TokenStore;
  /** Told once each time that the user has been logged out, by whatever. */
  readonly onLoggedOut?: (reason: LoggedOutReason) => void;
  /** Origins of other services, such as `https://api.example.com`, that `session.fetch` may send the access token to. */
  readonly apis?: readonly string[];
  /** Instead of the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** The contract's operations as openapi-fetch offers them, and the session in whose name they are called. */
export type ContractClient<Paths extends object> = Client<Paths> & { readonly session: Session };

/** @param headers that the contract demands of each request */
export function createContractClient<Paths extends object>(
  dialect: Dialect,
  { baseUrl, store = memoryStore(), onLoggedOut, apis = [], fetch }: ClientOptions,
  headers: Readonly<Record<string, string>> = {},
): ContractClient<Paths> {
  const server = new Server(dialect, baseUrl, headers, fetch ?? ((request) => globalThis.fetch(request)));
  const session = new Session(server, store, apis);
  if (onLoggedOut) session.onLoggedOut(onLoggedOut);
  const client = createFetchClient<Paths>({ baseUrl: server.base, headers, fetch: session.fetch });
  return Object.assign(client, { session });
}
