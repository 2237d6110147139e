/**
 * Every way in which the core refuses. A code says what happened, never how it is told: five contracts disagree
 * about statuses and words, so each holds a complete table (`satisfies Record<ErrorCode, …>`), and a new code here
 * breaks every contract's build until each has answered it.
 */
export const ERROR_CODES = [
  // what was sent
  'request_malformed',
  'validation_failed',
  'password_refused',
  'route_not_found',
  'method_not_allowed',
  'media_type_unsupported',
  'body_too_large',
  'headers_too_large',
  // who asks
  'client_unknown',
  'channel_refused',
  'credentials_invalid',
  'current_password_wrong',
  'account_locked',
  'account_blocked',
  'email_unverified',
  'access_token_missing',
  'access_token_invalid',
  'access_token_expired',
  'access_token_revoked',
  'refresh_token_invalid',
  'reauthentication_needed',
  'forbidden',
  // what it is about
  'username_taken',
  'email_taken',
  'client_taken',
  'user_not_found',
  'session_not_found',
  'reset_token_invalid',
  'verification_token_invalid',
  'verification_code_invalid',
  'email_needed',
  // how the service is
  'too_many_requests',
  'overloaded',
  'unavailable',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One field of the request that was refused, with a reason that a person understands. */
export interface FieldFault {
  readonly field: string;
  readonly reason: string;
}

export interface AuthErrorDetails {
  /** Whole seconds after which another try makes sense; becomes `Retry-After`. */
  readonly retryAfter?: number;
  /** For `validation_failed` and `password_refused`: the refused fields, in the order in which the contract documents them. */
  readonly fields?: readonly FieldFault[];
  /** For `method_not_allowed`: what the path answers to. */
  readonly allow?: readonly string[];
  /** Whether the try that is refused is the one that reached the limit. */
  readonly locks?: boolean;
  readonly cause?: unknown;
}

/** A refusal of the core. Its message is for the log; what a client reads is the contract's own text for the code. */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly retryAfter: number | undefined;
  readonly fields: readonly FieldFault[];
  readonly allow: readonly string[];
  readonly locks: boolean;

  constructor(
    readonly code: ErrorCode,
    details: AuthErrorDetails = {},
  ) {
    super(code, { cause: details.cause });
    this.retryAfter = details.retryAfter;
    this.fields = details.fields ?? [];
    this.allow = details.allow ?? [];
    this.locks = details.locks ?? false;
  }
}

/** A `validation_failed` about a single field. */
export const fieldFault = (field: string, reason: string): AuthError =>
  new AuthError('validation_failed', { fields: [{ field, reason }] });
