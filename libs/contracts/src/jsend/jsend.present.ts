import type { Account, Grant } from '@gatehouse/auth';

/** `timestamp` is milliseconds since the epoch, a number. */
const success = <T>(data: T) => ({ status: 'success', timestamp: Date.now(), data });

export const presentPair = ({ access, refreshToken }: Grant) =>
  success({ jwtToken: access.token, refreshToken });

/** The one answer that the document shows without an envelope, and with another name for the token. */
export const presentRefreshed = ({ access, refreshToken }: Grant) => ({ token: access.token, refreshToken });

export const presentUser = (account: Account) =>
  success({
    user: {
      email: account.email,
      role: account.role === 'USER' ? 'GENERAL' : account.role,
      id: account.uuid,
      fullName: account.fullName ?? '',
      profileImage: account.profileImage?.link ?? '',
    },
  });

export const presentLoggedOut = () => success('User logged out successfully');
