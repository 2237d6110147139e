import { type ClientOptions, type ContractClient, createContractClient } from './create-client.js';
import type { Dialect } from './dialect.js';
import type { paths } from './generated/snake.js';
import { tokensOf } from './tokens.js';

export type { components, operations, paths } from './generated/snake.js';
export type { ClientOptions };

const DIALECT: Dialect = {
  contract: 'snake',
  effects: {
    'POST /api/auth/login': 'opens',
    'POST /api/auth/refresh': 'renews',
    'POST /api/auth/logout': 'ends',
  },
  refreshing: ({ refreshToken }) =>
    refreshToken === undefined ? undefined : { body: { refresh_token: refreshToken } },
  tokensIn: (body) => {
    const { access_token, refresh_token } = (body as { data?: Record<string, unknown> } | null)?.data ?? {};
    return tokensOf(access_token, refresh_token);
  },
};

export type SnakeClient = ContractClient<paths>;

/** A client of the contract `snake`: its operations, typed, with a session that renews itself. */
export const createClient = (options: ClientOptions): SnakeClient =>
  createContractClient<paths>(DIALECT, options);
