import { flag, integer, moment, nothing, nullable, oneOf, record, text } from '@gatehouse/contract-kit';

const JWT = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...';
const AT = '2025-06-17T10:30:00';

const username = text({
  about: 'The username, or the e-mail address of a user without one',
  example: 'johndoe',
});
const roleOfToken = oneOf(['ROLE_USER', 'ROLE_ADMIN'], 'The role, as tokens show it');

export const Tokens = record('Tokens', {
  accessToken: text({ about: 'The access token, a JWT', example: JWT }),
  refreshToken: text({ about: 'The refresh token, good once', example: JWT }),
  tokenType: oneOf(['Bearer']),
  expiresAt: moment('When the access token expires: UTC, without a zone', AT),
  userId: integer({ about: 'The id of the user', example: 123, least: 1 }),
  username,
  role: roleOfToken,
});

export const Validation = record('Validation', {
  valid: flag('Whether the token is valid now', true),
  userId: nullable(
    integer({ about: 'The id of the user; null where the token is not valid', example: 123, least: 1 }),
  ),
  username: nullable(username),
  role: nullable(roleOfToken),
  expirationTime: nullable(
    integer({ about: 'When the token expires, in seconds since the epoch', example: 1622506800 }),
  ),
  errorMessage: nullable(
    oneOf(['Token has expired', 'Token has been revoked', 'Invalid token'], 'Why the token is not valid'),
    null,
  ),
});

export const Profile = record('Profile', {
  id: integer({ about: 'The id of the user', example: 123, least: 1 }),
  username,
  email: text({ about: 'The e-mail address', example: 'johndoe@example.com' }),
  role: oneOf(['USER', 'ADMIN'], 'The role'),
  createdAt: moment('When the account was made: UTC, without a zone', '2023-01-15T10:30:00'),
  lastLoginAt: nullable(moment('When its user last logged in: UTC, without a zone', '2023-01-20T14:45:00')),
  status: oneOf(['ACTIVE', 'PENDING', 'BLOCKED'], 'PENDING until the e-mail address is verified'),
});

export const Success = record('Success', {
  success: flag('Always true', true),
  message: text({ about: 'What was done, for people', example: 'Successfully logged out' }),
  data: nothing,
});

const timestamp = moment('When this was answered', '2025-06-17T10:30:00Z');

export const Health = record('Health', {
  success: flag('Whether the service can do its work', true),
  message: text({ about: 'The same, for people', example: 'Auth service is healthy' }),
  data: record('HealthData', {
    timestamp,
    service: oneOf(['auth-service']),
    version: text({ about: 'The version of the service', example: '1.0.0' }),
  }),
});

export const ErrorBody = record('Error', {
  timestamp,
  status: integer({ about: 'The status', example: 400, least: 400 }),
  message: text({
    about: 'What was wrong and what to do, for people',
    example: "Validation failed for field 'password'",
  }),
});
