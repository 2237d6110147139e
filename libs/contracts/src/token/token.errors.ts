import type { ErrorCode } from '@gatehouse/kernel';
import type { WireError } from '@gatehouse/contract-kit';

const LOG_IN = 'get a new one from /v1/auth/token/fresh';

export const tokenErrors = {
  request_malformed: [400, 'The request is not a JSON object in UTF-8'],
  validation_failed: [400, 'Some fields were refused: errors says which and why'],
  route_not_found: [404, 'There is nothing at this path'],
  method_not_allowed: [405, 'This path does not answer to this method: Allow names those that it does'],
  media_type_unsupported: [415, 'Send the body as application/json'],
  body_too_large: [413, 'The body is larger than 64 KiB'],
  headers_too_large: [431, 'The request headers are too large'],
  client_unknown: [401, 'This client application is not known'],
  channel_refused: [400, 'This application may not use that channel'],
  credentials_invalid: [401, 'The username or the password is wrong'],
  current_password_wrong: [400, 'The current password is wrong'],
  account_locked: [423, 'Too many wrong passwords: try again after the seconds that Retry-After names'],
  account_blocked: [403, 'This account is blocked: ask whoever runs this service'],
  email_unverified: [403, 'Verify your e-mail address first, by the link that was mailed to you'],
  access_token_missing: [401, 'Send an access token as Authorization: Bearer'],
  access_token_invalid: [401, `The access token is not valid: ${LOG_IN}`],
  access_token_expired: [401, 'The access token has expired: refresh it'],
  access_token_revoked: [401, `The access token has been revoked: ${LOG_IN}`],
  refresh_token_invalid: [401, `The refresh token is not valid any more: ${LOG_IN}`],
  reauthentication_needed: [401, `Enter the password again first: ${LOG_IN}`],
  forbidden: [403, 'These are not your sessions'],
  username_taken: [409, 'This username is taken: choose another one'],
  email_taken: [409, 'There is an account with this e-mail address already'],
  user_not_found: [404, 'There is no user with this id'],
  session_not_found: [404, 'There is no session with this id'],
  reset_token_invalid: [400, 'The reset link is not valid any more: ask for another one'],
  verification_token_invalid: [400, 'The verification link is not valid any more: ask for another one'],
  verification_code_invalid: [400, 'The code is wrong or not valid any more'],
  email_needed: [400, 'Say which e-mail address the code was sent to'],
  overloaded: [503, 'The service is busy: try again after the seconds that Retry-After names'],
  unavailable: [503, 'The service cannot answer now: try again after the seconds that Retry-After names'],
  internal: [500, 'Something went wrong here: try again later'],
} satisfies Record<ErrorCode, WireError>;
