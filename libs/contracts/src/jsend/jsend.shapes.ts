import { integer, oneOf, record, type Shape, text, uuid } from '@gatehouse/contract-kit';

const JWT = 'eyJhbGciOiJIUzUxMiJ9...';

const timestamp = (example: number) =>
  integer({ about: 'When this was answered, in milliseconds since the epoch', example, changing: true });

/** JSend's envelope of what succeeded. */
const success = <T>(name: string, at: number, data: Shape<T>) =>
  record(name, { status: oneOf(['success']), timestamp: timestamp(at), data });

const refreshToken = uuid('The refresh token, good once', 'b79f2c5b-c345-4f38-9443-74f7371cc53f');

export const Pair = success(
  'Pair',
  1718704075174,
  record('PairData', { jwtToken: text({ about: 'The access token, a JWT', example: JWT }), refreshToken }),
);

/** The one answer that the document shows without an envelope, and with another name for the token. */
export const Refreshed = record('Refreshed', {
  token: text({ about: 'The new access token, a JWT', example: JWT }),
  refreshToken,
});

export const UserAnswer = success(
  'UserAnswer',
  1718704321769,
  record('UserData', {
    user: record('User', {
      email: text({ about: 'The e-mail address', example: 'test2@gmail.com' }),
      role: oneOf(['GENERAL', 'ADMIN'], 'The role'),
      id: uuid('The id of the user', '20db8059-c73a-4f8c-afa3-37a24e2997f7'),
      fullName: text({ about: 'The full name; empty where there is none', example: 'test2' }),
      profileImage: text({ about: 'A link to the image; empty where there is none', example: '' }),
    }),
  }),
);

export const LoggedOut = success('LoggedOut', 1718704269400, oneOf(['User logged out successfully']));

export const ErrorBody = record('Error', {
  status: oneOf(['error']),
  timestamp: timestamp(1718704075174),
  message: text({ about: 'What was wrong and what to do, for people', example: 'email is missing' }),
});
