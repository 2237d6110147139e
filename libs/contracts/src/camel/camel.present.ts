import type { Account, Grant, Health, Validation } from '@gatehouse/auth';
import type { Shown } from '@gatehouse/contract-kit';
import type { ErrorCode } from '@gatehouse/kernel';
import type {
  Health as HealthShape,
  Profile,
  Success,
  Tokens,
  Validation as ValidationShape,
} from './camel.shapes.js';

/** UTC to the second: with a `Z` for `timestamp`, without for everything else. */
export const zulu = (date: Date): string => `${localSeconds(date)}Z`;
const localSeconds = (date: Date): string => date.toISOString().slice(0, 19);

export const presentGrant = ({ user, access, refreshToken }: Grant): Shown<typeof Tokens> => ({
  accessToken: access.token,
  refreshToken,
  tokenType: 'Bearer',
  expiresAt: localSeconds(access.expiresAt),
  userId: user.id,
  username: user.displayedName,
  role: `ROLE_${user.role}`,
});

const REASONS: Partial<Record<ErrorCode, Shown<typeof ValidationShape>['errorMessage']>> = {
  access_token_expired: 'Token has expired',
  access_token_revoked: 'Token has been revoked',
};

export const presentValidation = (validation: Validation): Shown<typeof ValidationShape> => ({
  valid: validation.valid,
  userId: validation.valid ? validation.token.userId : null,
  username: validation.valid ? validation.token.username : null,
  role: validation.valid ? `ROLE_${validation.token.role}` : null,
  expirationTime: validation.valid ? validation.token.expiresAt.getTime() / 1000 : null,
  errorMessage: validation.valid ? null : (REASONS[validation.reason] ?? 'Invalid token'),
});

export const presentProfile = (account: Account): Shown<typeof Profile> => ({
  id: account.id,
  username: account.displayedName,
  email: account.email,
  role: account.role,
  createdAt: localSeconds(account.createdAt),
  lastLoginAt: account.lastLoginAt && localSeconds(account.lastLoginAt),
  status: account.status,
});

export const presentSuccess = (message: string): Shown<typeof Success> => ({
  success: true,
  message,
  data: null,
});

export const presentHealth = ({ healthy, version, at }: Health): Shown<typeof HealthShape> => ({
  success: healthy,
  message: healthy ? 'Auth service is healthy' : 'Auth service is not healthy: its database does not answer',
  data: { timestamp: zulu(at), service: 'auth-service', version },
});
