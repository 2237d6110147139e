import type { Account, Grant } from '@gatehouse/auth';
import type { Shown } from '@gatehouse/contract-kit';
import type { LoggedOut, Pair, Refreshed, UserAnswer } from './jsend.shapes.js';

/** `timestamp` is milliseconds since the epoch, a number. */
const success = <T>(data: T) => ({ status: 'success' as const, timestamp: Date.now(), data });

export const presentPair = ({ access, refreshToken }: Grant): Shown<typeof Pair> =>
  success({ jwtToken: access.token, refreshToken });

/** The one answer that the document shows without an envelope, and with another name for the token. */
export const presentRefreshed = ({ access, refreshToken }: Grant): Shown<typeof Refreshed> => ({
  token: access.token,
  refreshToken,
});

export const presentUser = (account: Account): Shown<typeof UserAnswer> =>
  success({
    user: {
      email: account.email,
      role: account.role === 'USER' ? 'GENERAL' : account.role,
      id: account.uuid,
      fullName: account.fullName ?? '',
      profileImage: account.profileImage?.link ?? '',
    },
  });

export const presentLoggedOut = (): Shown<typeof LoggedOut> => success('User logged out successfully');
