import type { Account, Grant, SessionGrant } from '@gatehouse/auth';

const ok = <T>(message: string, data: T) => ({
  message,
  timestamp: new Date().toISOString(),
  status_code: 200,
  data,
});

const presentAccount = (account: Account) => ({
  id: account.uuid,
  username: account.displayedName,
  email: account.email,
  role: account.role.toLowerCase(),
  first_name: account.firstName,
  last_name: account.lastName,
  full_name: account.fullName,
  avatar_url: account.profileImage?.link ?? null,
  is_active: account.status === 'ACTIVE',
  is_blocked: account.status === 'BLOCKED',
});

const presentTokens = ({ access, refreshToken }: Grant) => ({
  access_token: access.token,
  refresh_token: refreshToken,
  token_type: 'Bearer',
  expires_in: access.expiresIn,
});

export const presentRegistered = (account: Account) => ok('Registered', { id: account.uuid });

export const presentLogin = (grant: SessionGrant) =>
  ok('Logged in', { user: presentAccount(grant.account), ...presentTokens(grant) });

/** The document echoes the refresh token unchanged: byte for byte, not signed again. */
export const presentRefreshed = (grant: Grant, presented: string) =>
  ok('New access token', { ...presentTokens(grant), refresh_token: presented });

export const presentUser = (message: 'Ok' | 'Updated', account: Account) =>
  ok(message, { user: presentAccount(account) });

export const presentLoggedOut = () => ok('Ok', { ok: true });
