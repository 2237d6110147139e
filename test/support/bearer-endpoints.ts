import type { Holder } from './documented-fields.js';
import { takeApart } from './forge-token.js';
import { type Answer, send } from './http.js';
import { type ContractId, demandedHeaders } from './open-account.js';
import type { Service } from './start-service.js';

/** An endpoint that takes an access token as a Bearer token, and a request that it grants. */
export interface BearerEndpoint {
  readonly contract: ContractId;
  readonly method: string;
  readonly path: string | ((holder: Holder) => string);
  readonly body?: (holder: Holder) => unknown;
  readonly headers?: (holder: Holder) => Record<string, string>;
  /** Asked with a genuine token it would end the session, or use something up. */
  readonly ends?: true;
  /** Takes a token that has expired. */
  readonly refreshes?: true;
  /** Does without a token. */
  readonly optional?: true;
}

const sessionIdOf = ({ token }: Holder): string => takeApart(token.accessToken).claims['sid'] as string;

const at = (contract: ContractId, method: string, path: BearerEndpoint['path']) => ({
  contract,
  method,
  path,
});

export const BEARER_ENDPOINTS: Readonly<Record<string, BearerEndpoint>> = {
  'token verify': at('token', 'PUT', '/v1/auth/token/verify'),
  'token revoke': { ...at('token', 'PUT', '/v1/auth/token/revoke'), ends: true },
  'token refresh': {
    ...at('token', 'POST', '/v1/auth/token/refresh'),
    body: ({ token }) => ({ type: 'refresh', token: token.refreshToken }),
    ends: true,
    refreshes: true,
  },
  'token list': at('token', 'GET', ({ id }) => `/v1/sessions/users/${id}`),
  'token end one': {
    ...at('token', 'DELETE', (holder) => `/v1/sessions/${sessionIdOf(holder)}`),
    ends: true,
  },
  'token end all': { ...at('token', 'DELETE', ({ id }) => `/v1/sessions/users/${id}`), ends: true },
  'camel profile': at('camel', 'GET', '/api/v1/auth/profile'),
  'camel logout': { ...at('camel', 'POST', '/api/v1/auth/logout'), ends: true },
  'camel change-password': {
    ...at('camel', 'PUT', '/api/v1/auth/change-password'),
    body: ({ password }) => ({ currentPassword: password, newPassword: 'another horse battery' }),
    ends: true,
  },
  'channel logout': { ...at('channel', 'POST', '/api/auth/logout'), ends: true },
  'channel refresh-token': {
    ...at('channel', 'POST', '/api/auth/refresh-token'),
    ends: true,
    refreshes: true,
  },
  'channel verify-email': {
    ...at('channel', 'POST', '/api/auth/verify-email'),
    body: ({ verificationCode, email }) => ({ verificationCode, email }),
    ends: true,
    optional: true,
  },
  'channel resend-verification': {
    ...at('channel', 'POST', '/api/auth/resend-verification'),
    body: ({ email }) => ({ email }),
    optional: true,
  },
  'jsend get_user': at('jsend', 'GET', '/api/auth/get_user'),
  'jsend logout': { ...at('jsend', 'POST', '/api/auth/logout'), ends: true },
  'jsend refresh_token': {
    ...at('jsend', 'POST', '/api/auth/refresh_token'),
    headers: ({ jsend }) => ({ 'refresh-token': jsend.refreshToken }),
    ends: true,
    refreshes: true,
  },
  'jsend reset_password': {
    ...at('jsend', 'PUT', '/api/auth/reset_password'),
    body: () => ({ password: 'another horse battery' }),
    ends: true,
  },
  'snake me': at('snake', 'GET', '/api/users/me'),
  'snake update': { ...at('snake', 'PATCH', '/api/users/me'), body: () => ({ first_name: 'Mallory' }) },
  'snake logout': { ...at('snake', 'POST', '/api/auth/logout'), ends: true },
};

/**
 * The request of the holder's own, with a header of Authorization instead of a genuine one.
 * @param authorization as `send` takes headers: names and values in turn
 */
export function askAs(
  service: Service,
  { contract, method, path, headers, body }: BearerEndpoint,
  holder: Holder,
  authorization: readonly string[],
): Promise<Answer> {
  const own = { ...demandedHeaders(contract), ...headers?.(holder) };
  const type = body ? ['content-type', 'application/json'] : [];
  return send(method, `${service.url}/${contract}${typeof path === 'string' ? path : path(holder)}`, {
    headers: [...Object.entries(own).flat(), ...type, ...authorization],
    body: body && JSON.stringify(body(holder)),
  });
}
