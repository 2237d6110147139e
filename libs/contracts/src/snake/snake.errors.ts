import type { ErrorCode } from '@gatehouse/kernel';
import type { ErrorAnswer, Shown, WireError } from '@gatehouse/contract-kit';
import type { ErrorBody } from './snake.shapes.js';

const BUSY = 'try again after the seconds that Retry-After names';

export const snakeErrors = {
  request_malformed: [400, 'The request is not a JSON object in UTF-8'],
  validation_failed: [400, 'Some fields were refused'],
  password_refused: [400, 'The password was refused: choose another one'],
  route_not_found: [404, 'There is nothing at this path'],
  method_not_allowed: [405, 'This path does not answer to this method: Allow names those that it does'],
  media_type_unsupported: [415, 'Send the body as application/json'],
  body_too_large: [413, 'The body is larger than 64 KiB'],
  headers_too_large: [431, 'The request headers are too large'],
  client_unknown: [401, 'This client application is not known'],
  channel_refused: [400, 'This application may not use that channel'],
  credentials_invalid: [401, 'Invalid credentials'],
  current_password_wrong: [400, 'The current password is wrong'],
  account_locked: [423, `Too many wrong passwords: ${BUSY}`],
  account_blocked: [403, 'This account is blocked: ask whoever runs this service'],
  email_unverified: [403, 'Verify your e-mail address first, by the code or the link that was mailed to you'],
  access_token_missing: [401, 'Send the token as Authorization: Bearer'],
  access_token_invalid: [401, 'The token is not valid: log in'],
  access_token_expired: [401, 'The token has expired: refresh it'],
  access_token_revoked: [401, 'The token has been revoked: log in'],
  refresh_token_invalid: [401, 'The token cannot be refreshed any more: log in'],
  reauthentication_needed: [401, 'Enter the password again first: log in'],
  forbidden: [403, 'This is not allowed'],
  username_taken: [409, 'This username is taken'],
  email_taken: [409, 'There is an account with this e-mail address already'],
  client_taken: [409, 'There is an application with this name or this secret already'],
  user_not_found: [404, 'User not found'],
  session_not_found: [404, 'Session not found'],
  reset_token_invalid: [400, 'The reset link is not valid any more: ask for another one'],
  verification_token_invalid: [400, 'The verification link is not valid any more: ask for another one'],
  verification_code_invalid: [400, 'The verification code is wrong or not valid any more'],
  email_needed: [400, 'Say which e-mail address the code was sent to'],
  too_many_requests: [429, `Too many requests: ${BUSY}`],
  overloaded: [503, `The service is busy: ${BUSY}`],
  unavailable: [503, `The service cannot answer now: ${BUSY}`],
  internal: [500, 'Something went wrong here: try again later'],
} satisfies Record<ErrorCode, WireError>;

/** The first refused field is named, with its reason. */
export const presentError = ({ status, message, fields: [first] }: ErrorAnswer): Shown<typeof ErrorBody> => ({
  message: first ? `${first.field} ${first.reason}` : message,
  timestamp: new Date().toISOString(),
  status_code: status,
  data: null,
});
