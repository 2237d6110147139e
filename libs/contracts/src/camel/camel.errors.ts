import type { ErrorCode } from '@gatehouse/kernel';
import type { ErrorAnswer, Shown, WireError } from '@gatehouse/contract-kit';
import { zulu } from './camel.present.js';
import type { ErrorBody } from './camel.shapes.js';

const NO_TOKEN = 'Invalid or missing token';

export const camelErrors = {
  request_malformed: [400, 'Invalid request data: send a JSON object in UTF-8'],
  validation_failed: [400, 'Invalid request data'],
  password_refused: [400, 'The password was refused: choose another one'],
  route_not_found: [404, 'There is nothing at this path'],
  method_not_allowed: [405, 'This path does not answer to this method: Allow names those that it does'],
  media_type_unsupported: [415, 'Send the body as application/json'],
  body_too_large: [413, 'The body is larger than 64 KiB'],
  headers_too_large: [431, 'The request headers are too large'],
  client_unknown: [401, 'This client application is not known'],
  channel_refused: [400, 'This application may not use that channel'],
  credentials_invalid: [401, 'Invalid credentials'],
  current_password_wrong: [400, 'Invalid current password'],
  account_locked: [423, 'Account locked: try again after the seconds that Retry-After names'],
  account_blocked: [423, 'Account locked: ask whoever runs this service'],
  email_unverified: [403, 'Verify your e-mail address first, by the link that was mailed to you'],
  access_token_missing: [401, NO_TOKEN],
  access_token_invalid: [401, NO_TOKEN],
  access_token_expired: [401, 'Token has expired'],
  access_token_revoked: [401, 'Token has been revoked'],
  refresh_token_invalid: [401, 'Invalid or expired refresh token'],
  reauthentication_needed: [401, 'Enter the password again first: log in'],
  forbidden: [403, 'This is not allowed'],
  username_taken: [409, 'User already exists: choose another username'],
  email_taken: [409, 'User already exists: this e-mail address has an account'],
  client_taken: [409, 'There is an application with this name or this secret already'],
  user_not_found: [404, 'User not found'],
  session_not_found: [404, 'Session not found'],
  reset_token_invalid: [400, 'Invalid or expired reset token'],
  verification_token_invalid: [400, 'Invalid or expired verification token'],
  verification_code_invalid: [400, 'The code is wrong or not valid any more'],
  email_needed: [400, 'Say which e-mail address the code was sent to'],
  too_many_requests: [429, 'Too many requests: try again after the seconds that Retry-After names'],
  overloaded: [503, 'The service is busy: try again after the seconds that Retry-After names'],
  unavailable: [503, 'The service cannot answer now: try again after the seconds that Retry-After names'],
  internal: [500, 'Something went wrong here: try again later'],
} satisfies Record<ErrorCode, WireError>;

/**
 * The document's sentence for a refused field names the first one and no more. Why a password of the right length is
 * refused nobody can guess: there the reason follows.
 */
export const presentError = ({
  code,
  status,
  message,
  fields: [first],
}: ErrorAnswer): Shown<typeof ErrorBody> => ({
  timestamp: zulu(new Date()),
  status,
  message: first
    ? `Validation failed for field '${first.field}'${code === 'password_refused' ? `: it ${first.reason}` : ''}`
    : message,
});
