import { claimsOf } from '../../conformance/support/claims.js';
import type { ServiceInUse } from '../../conformance/support/use-service.js';
import { bearer, send } from '../../support/http.js';
import {
  accepted,
  type ContractId,
  demandedHeaders,
  type OpenAccount,
  openAccount,
} from '../../support/open-account.js';

/** What a document's example of a request cannot know: the keys of its body, its path and its headers that are of one account. */
export interface Filled {
  readonly body?: Readonly<Record<string, string>>;
  readonly path?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

type Fill = (account: OpenAccount, service: ServiceInUse) => Filled | Promise<Filled>;

/** Registrations and profiles are good as the documents show them. */
const asShown: Fill = () => ({});

const withToken =
  (contract: ContractId): Fill =>
  (account) => ({ headers: bearer(account[contract].accessToken) });

const byEmail: Fill = ({ email, password }) => ({ body: { email, password } });
const byUsername: Fill = ({ username, password }) => ({ body: { username, password } });
const ofAddress: Fill = ({ email }) => ({ body: { email } });
const ofUser: Fill = ({ id, token }) => ({
  headers: bearer(token.accessToken),
  path: { userId: String(id) },
});

/** By a link that was mailed on this document's own request. */
const reset =
  (contract: 'camel' | 'channel', path: string): Fill =>
  async ({ email }, service) => {
    const headers = demandedHeaders(contract);
    accepted(await send('POST', `${service.url()}/${contract}${path}`, { headers, body: { email } }));
    return { body: { token: await service.mailedSecret(email, 'Reset') } };
  };

/** How each operation of each document is called, by an account of its own. */
const FILLS: Readonly<Record<ContractId, Readonly<Record<string, Fill>>>> = {
  token: {
    register: asShown,
    fresh: byUsername,
    verify: withToken('token'),
    revoke: withToken('token'),
    refresh: ({ token }) => ({
      headers: bearer(token.accessToken),
      body: { token: token.refreshToken },
    }),
    listSessions: ofUser,
    endSessions: ofUser,
    endSession: ({ token }) => ({
      headers: bearer(token.accessToken),
      path: { sessionId: claimsOf(token.accessToken).sid },
    }),
  },
  camel: {
    register: asShown,
    login: byUsername,
    refresh: ({ camel }) => ({ body: { refreshToken: camel.refreshToken } }),
    logout: withToken('camel'),
    validate: ({ camel }) => ({ body: { token: camel.accessToken } }),
    health: asShown,
    profile: withToken('camel'),
    changePassword: ({ camel, password }) => ({
      headers: bearer(camel.accessToken),
      body: { currentPassword: password },
    }),
    requestPasswordReset: ofAddress,
    confirmPasswordReset: reset('camel', '/api/v1/auth/password-reset'),
    verifyEmail: async ({ email }, service) => ({
      path: { token: await service.mailedSecret(email, 'Verify') },
    }),
  },
  channel: {
    login: byEmail,
    register: asShown,
    logout: withToken('channel'),
    refreshToken: withToken('channel'),
    forgotPassword: ofAddress,
    resetPassword: reset('channel', '/api/auth/forgot-password'),
    verifyEmail: async ({ channel, email }, service) => ({
      headers: bearer(channel.accessToken),
      body: { verificationCode: (await service.mailedProof(email)).code },
    }),
    resendVerification: ofAddress,
  },
  jsend: {
    register: asShown,
    login: byEmail,
    logout: withToken('jsend'),
    refreshToken: ({ jsend }) => ({
      headers: { ...bearer(jsend.accessToken), 'Refresh-Token': jsend.refreshToken },
    }),
    getUser: withToken('jsend'),
    resetPassword: withToken('jsend'),
  },
  snake: {
    register: asShown,
    login: byEmail,
    refresh: ({ snake }) => ({ body: { refresh_token: snake.refreshToken } }),
    logout: withToken('snake'),
    getUser: withToken('snake'),
    updateUser: withToken('snake'),
  },
};

/** What each operation's example is to be filled with, by operationId. Each is called by an account of its own. */
export async function filledRequests(
  service: ServiceInUse,
  contract: ContractId,
): Promise<ReadonlyMap<string, Filled>> {
  const filled = new Map<string, Filled>();
  for (const [operation, fill] of Object.entries(FILLS[contract])) {
    const { headers, ...rest } = await fill(await openAccount(service.running), service);
    filled.set(operation, { ...rest, headers: { ...demandedHeaders(contract), ...headers } });
  }
  return filled;
}
