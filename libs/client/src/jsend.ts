import { type ClientOptions, type ContractClient, createContractClient } from './create-client.js';
import { bearer, type Dialect } from './dialect.js';
import type { paths } from './generated/jsend.js';
import { tokensOf } from './tokens.js';

export type { components, operations, paths } from './generated/jsend.js';
export type { ClientOptions };

const DIALECT: Dialect = {
  contract: 'jsend',
  effects: {
    'POST /api/auth/register': 'opens',
    'POST /api/auth/login': 'opens',
    'POST /api/auth/refresh_token': 'renews',
    'PUT /api/auth/reset_password': 'replaces',
    'POST /api/auth/logout': 'ends',
  },
  refreshing: (tokens) =>
    tokens.refreshToken === undefined
      ? undefined
      : { headers: { ...bearer(tokens), 'Refresh-Token': tokens.refreshToken } },
  // the answer to a refresh has no envelope, and another name for the access token
  tokensIn: (body) => {
    const { data, token, refreshToken } = (body ?? {}) as Record<string, unknown>;
    const opened = (data ?? {}) as Record<string, unknown>;
    return tokensOf(opened['jwtToken'], opened['refreshToken']) ?? tokensOf(token, refreshToken);
  },
};

export type JsendClient = ContractClient<paths>;

/** A client of the contract `jsend`: its operations, typed, with a session that renews itself. */
export const createClient = (options: ClientOptions): JsendClient =>
  createContractClient<paths>(DIALECT, options);
