import { integer, list, mapOf, moment, nullable, oneOf, record, text, uuid } from '@gatehouse/contract-kit';

const AT = '2025-05-17T07:19:32.000000Z';

const token = text({ about: 'The access token, a JWT', example: 'jwt_token_here' });
const status = oneOf(['ACTIVE', 'PENDING', 'BLOCKED'], 'PENDING until the e-mail address is verified');
const id = uuid('The id of the user', '20db8059-c73a-4f8c-afa3-37a24e2997f7');

const person = {
  uuid: id,
  firstName: nullable(text({ about: 'The first name', example: 'John' })),
  lastName: nullable(text({ about: 'The last name', example: 'Doe' })),
  email: text({ about: 'The e-mail address', example: 'user@example.com' }),
  role: oneOf(['USER', 'ADMIN'], 'The role'),
  status,
};

/** The envelope of what succeeded: the status once more, a sentence, and the data. */
const envelope = <const S extends 200 | 201, D extends Parameters<typeof record>[1]>(
  name: string,
  statusCode: S,
  message: string,
  data: D,
) =>
  record(name, {
    statusCode: integer({ about: 'The status', example: statusCode, least: 200 }),
    message: oneOf([message]),
    data: record(`${name}Data`, data),
  });

export const LoggedIn = envelope('LoggedIn', 200, 'Login successful', {
  token,
  user: record('User', {
    ...person,
    profileImage: nullable(
      record('ProfileImage', {
        name: text({ about: 'The last part of the link', example: 'profile_pic.jpg' }),
        link: text({ about: 'Where it is', example: 'http://example.com/storage/123/profile_pic.jpg' }),
      }),
    ),
  }),
});

export const Registered = envelope('Registered', 201, 'Registration successful', {
  token,
  user: record('NewUser', { ...person, createdAt: moment('When the account was made', AT) }),
});

export const Refreshed = envelope('Refreshed', 200, 'Token refreshed', { token });

export const EmailVerified = envelope('EmailVerified', 200, 'Email verified successfully', {
  user: record('VerifiedUser', {
    uuid: id,
    status,
    emailVerifiedAt: nullable(moment('When the e-mail address was verified', AT)),
  }),
});

export const Done = record('Done', {
  statusCode: integer({ about: 'The status', example: 200, least: 200 }),
  message: text({ about: 'What was done, for people', example: 'Logout successful' }),
});

export const ErrorBody = record(
  'Error',
  {
    statusCode: integer({ about: 'The status', example: 400, least: 400 }),
    message: text({
      about: 'What was wrong and what to do, for people',
      example: 'Some fields were refused',
    }),
  },
  {
    errors: mapOf(list(text({ example: 'is missing' })), 'The refused fields, each with the reasons', {
      email: ['is missing'],
    }),
  },
);
