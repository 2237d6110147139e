import { HttpException } from '@nestjs/common';
import { AuthError, type ErrorCode } from '@gatehouse/kernel';
import { isDatabaseUnavailable } from '@gatehouse/database';

/** What the framework refuses by itself, by HTTP status, in the core's words. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'request_malformed',
  404: 'route_not_found',
  413: 'body_too_large',
  414: 'request_malformed',
  415: 'media_type_unsupported',
  431: 'headers_too_large',
};

const statusOf = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
};

/**
 * Whatever was thrown, as a refusal of the core's: the one place where an unforeseen error becomes something that a
 * stranger is told. `internal` is all that they learn; the cause goes to the log.
 */
export function toAuthError(error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  if (isDatabaseUnavailable(error)) return new AuthError('unavailable', { retryAfter: 2, cause: error });
  const code = BY_STATUS[statusOf(error) ?? 500];
  return new AuthError(code ?? 'internal', { cause: error });
}

/** `WWW-Authenticate` of the refusals that concern a Bearer token (RFC 6750 §3). */
export function challengeOf(code: ErrorCode): string | undefined {
  if (code === 'access_token_missing') return 'Bearer';
  if (code === 'access_token_expired')
    return 'Bearer error="invalid_token", error_description="The access token has expired"';
  if (code === 'access_token_revoked')
    return 'Bearer error="invalid_token", error_description="The access token has been revoked"';
  if (code === 'access_token_invalid')
    return 'Bearer error="invalid_token", error_description="The access token is not valid"';
  return undefined;
}
