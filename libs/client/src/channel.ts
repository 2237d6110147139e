import { type ClientOptions, type ContractClient, createContractClient } from './create-client.js';
import { bearer, type Dialect } from './dialect.js';
import type { paths } from './generated/channel.js';
import { tokensOf } from './tokens.js';

export type { components, operations, paths } from './generated/channel.js';

const DIALECT: Dialect = {
  contract: 'channel',
  effects: {
    'POST /api/auth/register': 'opens',
    'POST /api/auth/login': 'opens',
    'POST /api/auth/refresh-token': 'renews',
    'POST /api/auth/logout': 'ends',
  },
  // the access token refreshes itself
  refreshing: (tokens) => ({ headers: bearer(tokens) }),
  tokensIn: (body) => tokensOf((body as { data?: { token?: unknown } } | null)?.data?.token),
  refusesApplication: (body) => (body as { message?: unknown } | null)?.message === 'Invalid Api-Token',
};

export interface ChannelClientOptions extends ClientOptions {
  /** The client application's own token, sent as `Api-Token` with each request. */
  readonly apiToken: string;
  /** One of the application's channels, such as `web`. */
  readonly channel: string;
}

export type ChannelClient = ContractClient<paths>;

/** A client of the contract `channel`: its operations, typed, with a session that renews itself. */
export const createClient = ({ apiToken, channel, ...options }: ChannelClientOptions): ChannelClient =>
  createContractClient<paths>(DIALECT, options, { 'Api-Token': apiToken, channel });
