import { type ClientOptions, type ContractClient, createContractClient } from './create-client.js';
import { bearer, type Dialect } from './dialect.js';
import type { paths } from './generated/token.js';
import { tokensOf } from './tokens.js';

export type { components, operations, paths } from './generated/token.js';
export type { ClientOptions };

const DIALECT: Dialect = {
  contract: 'token',
  effects: {
    'POST /v1/auth/token/fresh': 'opens',
    'POST /v1/auth/token/refresh': 'renews',
    'PUT /v1/auth/token/revoke': 'ends',
  },
  refreshing: (tokens) =>
    tokens.refreshToken === undefined
      ? undefined
      : { headers: bearer(tokens), body: { type: 'refresh', token: tokens.refreshToken } },
  tokensIn: (body) => {
    const { access_token, refresh_token } = (body ?? {}) as Record<string, unknown>;
    return tokensOf(access_token, refresh_token);
  },
};

export type TokenClient = ContractClient<paths>;

/** A client of the contract `token`: its operations, typed, with a session that renews itself. */
export const createClient = (options: ClientOptions): TokenClient =>
  createContractClient<paths>(DIALECT, options);
