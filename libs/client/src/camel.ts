import { type ClientOptions, type ContractClient, createContractClient } from './create-client.js';
import type { Dialect } from './dialect.js';
import type { paths } from './generated/camel.js';
import { tokensOf } from './tokens.js';

export type { components, operations, paths } from './generated/camel.js';
export type { ClientOptions };

const DIALECT: Dialect = {
  contract: 'camel',
  effects: {
    'POST /api/v1/auth/register': 'opens',
    'POST /api/v1/auth/login': 'opens',
    'POST /api/v1/auth/refresh': 'renews',
    'POST /api/v1/auth/logout': 'ends',
  },
  refreshing: ({ refreshToken }) => (refreshToken === undefined ? undefined : { body: { refreshToken } }),
  tokensIn: (body) => {
    const { accessToken, refreshToken } = (body ?? {}) as Record<string, unknown>;
    return tokensOf(accessToken, refreshToken);
  },
};

export type CamelClient = ContractClient<paths>;

/** A client of the contract `camel`: its operations, typed, with a session that renews itself. */
export const createClient = (options: ClientOptions): CamelClient =>
  createContractClient<paths>(DIALECT, options);
