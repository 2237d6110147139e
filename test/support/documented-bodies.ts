import { bearer } from './http.js';
import { freshName, mailedResetToken, type OpenAccount, openAccount } from './open-account.js';
import type { Service } from './start-service.js';

/** An account, and the token of a reset link that was mailed to it. */
export type Holder = OpenAccount & { readonly resetToken: string };

/** A required field: a value that is one character too long, and what else is refused along with it. */
interface RequiredField {
  readonly name: string;
  readonly tooLong: string;
  readonly alongside?: readonly string[];
}

/** An endpoint with a body, and a body that it accepts. Its fields stand in the documented order. */
export interface EndpointWithBody {
  readonly contract: 'token' | 'camel';
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  /** The status of the accepted body. */
  readonly success: number;
  readonly bearer?: boolean;
  readonly fields: readonly RequiredField[];
  readonly body: (holder: Holder) => Record<string, string>;
}

const longUsername = 'u'.repeat(51);
const longLogin = 'u'.repeat(255);
const longPassword = 'p'.repeat(129);
const longToken = 't'.repeat(8193);
/** 255 characters whose parts are each of a permitted length: the whole is what is too long. */
const longEmail = `${'e'.repeat(60)}@${'d'.repeat(60)}.${'d'.repeat(60)}.${'d'.repeat(60)}.${'d'.repeat(7)}.com`;

const name = (tooLong = longUsername): RequiredField => ({ name: 'username', tooLong });
const email: RequiredField = { name: 'email', tooLong: longEmail };
const password = (named = 'password', alongside: string[] = []): RequiredField => ({
  name: named,
  tooLong: longPassword,
  alongside,
});

const newcomer = () => {
  const username = freshName();
  return { username, email: `${username}@example.com`, password: 'correct horse battery' };
};

export const ENDPOINTS_WITH_BODY: readonly EndpointWithBody[] = [
  {
    contract: 'token',
    method: 'POST',
    path: '/v1/auth/token/register',
    success: 201,
    fields: [name(), password('password', ['password_confirm']), password('password_confirm'), email],
    body: () => {
      const { username, email, password } = newcomer();
      return { username, password, password_confirm: password, email };
    },
  },
  {
    contract: 'token',
    method: 'POST',
    path: '/v1/auth/token/fresh',
    success: 200,
    fields: [name(longLogin), password()],
    body: ({ username, password }) => ({ username, password }),
  },
  {
    contract: 'token',
    method: 'POST',
    path: '/v1/auth/token/refresh',
    success: 200,
    bearer: true,
    fields: [
      { name: 'type', tooLong: 'refreshs' },
      { name: 'token', tooLong: longToken },
    ],
    body: ({ token }) => ({ type: 'refresh', token: token.refreshToken }),
  },
  {
    contract: 'camel',
    method: 'POST',
    path: '/api/v1/auth/register',
    success: 201,
    fields: [name(), email, password()],
    body: newcomer,
  },
  {
    contract: 'camel',
    method: 'POST',
    path: '/api/v1/auth/login',
    success: 200,
    fields: [name(longLogin), password()],
    body: ({ username, password }) => ({ username, password }),
  },
  {
    contract: 'camel',
    method: 'POST',
    path: '/api/v1/auth/refresh',
    success: 200,
    fields: [{ name: 'refreshToken', tooLong: longToken }],
    body: ({ camel }) => ({ refreshToken: camel.refreshToken }),
  },
  {
    contract: 'camel',
    method: 'PUT',
    path: '/api/v1/auth/change-password',
    success: 200,
    bearer: true,
    fields: [password('currentPassword'), password('newPassword')],
    body: ({ password }) => ({ currentPassword: password, newPassword: 'another horse battery' }),
  },
  {
    contract: 'camel',
    method: 'POST',
    path: '/api/v1/auth/password-reset',
    success: 200,
    fields: [email],
    body: ({ email }) => ({ email }),
  },
  {
    contract: 'camel',
    method: 'POST',
    path: '/api/v1/auth/password-reset/confirm',
    success: 200,
    fields: [{ name: 'token', tooLong: 't'.repeat(513) }, password('newPassword')],
    body: ({ resetToken }) => ({ token: resetToken, newPassword: 'another horse battery' }),
  },
];

/** An account with everything that the bodies above mention. */
export async function openHolder(service: Service): Promise<Holder> {
  const account = await openAccount(service);
  return { ...account, resetToken: await mailedResetToken(service, account.email) };
}

/** The endpoint's address below its contract's prefix. */
export const addressOf = (service: Service, { contract, path }: EndpointWithBody): string =>
  `${service.url}/${contract}${path}`;

/** The headers that the endpoint demands besides the body's. */
export const headersOf = (endpoint: EndpointWithBody, holder: Holder): Record<string, string> =>
  endpoint.bearer ? bearer(holder[endpoint.contract].accessToken) : {};
