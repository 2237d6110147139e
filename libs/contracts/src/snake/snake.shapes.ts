import {
  always,
  flag,
  integer,
  moment,
  nothing,
  nullable,
  oneOf,
  record,
  type Shape,
  text,
  uuid,
} from '@gatehouse/contract-kit';

const id = uuid('The id of the user', '20db8059-c73a-4f8c-afa3-37a24e2997f7');
const timestamp = moment('When this was answered', '2024-01-01T12:34:56.789Z');

/** The envelope of what succeeded. */
const ok = <const M extends string, T>(name: string, message: M, data: Shape<T>) =>
  record(name, { message: oneOf([message]), timestamp, status_code: always(200), data });

const tokens = {
  access_token: text({ about: 'The access token, a JWT', example: '<jwt>' }),
  refresh_token: text({ about: 'The refresh token, a JWT; stays valid until it expires', example: '<jwt>' }),
  token_type: oneOf(['Bearer']),
  expires_in: integer({ about: 'Seconds until the access token expires', example: 3600 }),
};

export const User = record('User', {
  id,
  username: text({ about: 'The username, or the e-mail address of a user without one', example: 'alice' }),
  email: text({ about: 'The e-mail address', example: 'alice@example.com' }),
  role: oneOf(['user', 'admin'], 'The role'),
  first_name: nullable(text({ about: 'The first name', example: 'Alice' }), null),
  last_name: nullable(text({ about: 'The last name', example: 'Doe' }), null),
  full_name: nullable(text({ about: 'Both names', example: 'Alice Doe' }), null),
  avatar_url: nullable(
    text({ about: 'A link to the image', example: 'https://example.com/alice.jpg' }),
    null,
  ),
  is_active: flag('Whether the e-mail address is verified and the account is not blocked', true),
  is_blocked: flag('Whether the account is blocked', false),
});

export const Registered = ok('Registered', 'Registered', record('RegisteredData', { id }));
export const LoggedIn = ok('LoggedIn', 'Logged in', record('LoggedInData', { user: User, ...tokens }));
export const Refreshed = ok('Refreshed', 'New access token', record('RefreshedData', tokens));
export const LoggedOut = ok('LoggedOut', 'Ok', record('LoggedOutData', { ok: always(true) }));

const UserData = record('UserData', { user: User });
export const CurrentUser = ok('CurrentUser', 'Ok', UserData);
export const UpdatedUser = ok('UpdatedUser', 'Updated', UserData);

export const ErrorBody = record('Error', {
  message: text({ about: 'What was wrong and what to do, for people', example: 'email is missing' }),
  timestamp,
  status_code: integer({ about: 'The status', example: 400, least: 400 }),
  data: nothing,
});
