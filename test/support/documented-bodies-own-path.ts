import {
  email,
  type EndpointWithBody,
  login,
  password,
  refreshToken,
  text,
  username,
} from './documented-fields.js';
import { freshName, PASSWORD } from './open-account.js';

const newcomer = () => {
  const username = freshName();
  return { username, email: `${username}@example.com`, password: PASSWORD };
};

/** The endpoints of the contracts that have a base path of their own. */
export const OWN_PATH_ENDPOINTS: readonly EndpointWithBody[] = [
  {
    contract: 'token',
    method: 'POST',
    path: '/v1/auth/token/register',
    success: 201,
    fields: [username, password('password', 'password_confirm'), password('password_confirm'), email],
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
    fields: [login('username'), password()],
    body: ({ username, password }) => ({ username, password }),
  },
  {
    contract: 'token',
    method: 'POST',
    path: '/v1/auth/token/refresh',
    success: 200,
    bearer: true,
    fields: [{ name: 'type', tooLong: 'refreshs' }, refreshToken('token')],
    body: ({ token }) => ({ type: 'refresh', token: token.refreshToken }),
  },
  {
    contract: 'camel',
    method: 'POST',
    path: '/api/v1/auth/register',
    success: 201,
    fields: [username, email, password()],
    body: newcomer,
  },
  {
    contract: 'camel',
    method: 'POST',
    path: '/api/v1/auth/login',
    success: 200,
    fields: [login('username'), password()],
    body: ({ username, password }) => ({ username, password }),
  },
  {
    contract: 'camel',
    method: 'POST',
    path: '/api/v1/auth/refresh',
    success: 200,
    fields: [refreshToken('refreshToken')],
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
    fields: [text('token', 512), password('newPassword')],
    body: ({ resetToken }) => ({ token: resetToken, newPassword: 'another horse battery' }),
  },
];
