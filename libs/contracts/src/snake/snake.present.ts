import type { Account, Grant, SessionGrant } from '@gatehouse/auth';
import type { Shown } from '@gatehouse/contract-kit';
import type {
  CurrentUser,
  LoggedIn,
  LoggedOut,
  Refreshed,
  Registered,
  UpdatedUser,
  User,
} from './snake.shapes.js';

const ok = <const M extends string, T>(message: M, data: T) => ({
  message,
  timestamp: new Date().toISOString(),
  status_code: 200 as const,
  data,
});

const presentAccount = (account: Account): Shown<typeof User> => ({
  id: account.uuid,
  username: account.displayedName,
  email: account.email,
  role: account.role === 'ADMIN' ? 'admin' : 'user',
  first_name: account.firstName,
  last_name: account.lastName,
  full_name: account.fullName,
  avatar_url: account.profileImage?.link ?? null,
  is_active: account.status === 'ACTIVE',
  is_blocked: account.status === 'BLOCKED',
});

const presentTokens = ({ access, refreshToken }: Grant): Omit<Shown<typeof LoggedIn>['data'], 'user'> => ({
  access_token: access.token,
  refresh_token: refreshToken,
  token_type: 'Bearer',
  expires_in: access.expiresIn,
});

export const presentRegistered = (account: Account): Shown<typeof Registered> =>
  ok('Registered', { id: account.uuid });

export const presentLogin = (grant: SessionGrant): Shown<typeof LoggedIn> =>
  ok('Logged in', { user: presentAccount(grant.account), ...presentTokens(grant) });

/** The document echoes the refresh token unchanged: byte for byte, not signed again. */
export const presentRefreshed = (grant: Grant, presented: string): Shown<typeof Refreshed> =>
  ok('New access token', { ...presentTokens(grant), refresh_token: presented });

export const presentUser = (account: Account): Shown<typeof CurrentUser> =>
  ok('Ok', { user: presentAccount(account) });

export const presentUpdated = (account: Account): Shown<typeof UpdatedUser> =>
  ok('Updated', { user: presentAccount(account) });

export const presentLoggedOut = (): Shown<typeof LoggedOut> => ok('Ok', { ok: true });
