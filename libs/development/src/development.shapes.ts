import { flag, integer, list, moment, nullable, oneOf, record, text, uuid } from '@gatehouse/contract-kit';

const TOKEN = 'sIAmPZ0E3mJPbpZ8Kq3yB4RzPnuV1nS4J5l2o7h2Zx0';

/** What the service takes the time to be. */
export const Time = record('Time', {
  now: moment('The time by the turned clock', '2026-01-31T10:46:00.000Z'),
  offsetMs: integer({ about: 'Milliseconds by which it is ahead of the real time', example: 960_000 }),
});

/** A mail as the mailbox shows it. */
export const Mail = record('Mail', {
  id: integer({ about: 'The number of the mail', example: 1, least: 1 }),
  to: text({ about: 'Whom it is for', example: 'user@example.com' }),
  subject: text({ about: 'What it is about', example: 'Verify your e-mail address' }),
  text: text({ about: 'The mail as plain text', example: 'Your code is 123456.' }),
  html: text({ about: 'The same as HTML', example: '<p>Your code is 123456.</p>' }),
  link: nullable(
    text({
      about: 'The link in the text; null where there is none',
      example: `http://localhost:8060/reset-password?token=${TOKEN}`,
    }),
  ),
  token: nullable(
    text({
      about: "The link's token: what a contract's endpoint asks for; null without a link",
      example: TOKEN,
    }),
  ),
  code: nullable(
    text({ about: 'The six-digit code in the text; null where there is none', example: '123456' }),
  ),
  createdAt: moment('When it was written', '2026-01-31T10:30:00.000Z'),
});

/** The account that was made. */
export const SeededUser = record('SeededUser', {
  id: integer({ about: 'The number by which some contracts know it', example: 123, least: 1 }),
  uuid: uuid('The UUID by which the others do', '5f0c1a6e-3b1f-4f6e-9d3c-1d2e3f4a5b6c'),
  username: nullable(text({ about: 'The username', example: 'mary' })),
  email: text({ about: 'The e-mail address', example: 'mary@example.com' }),
  firstName: nullable(text({ about: 'The first name', example: 'Mary' })),
  lastName: nullable(text({ about: 'The last name', example: 'Smith' })),
  phoneNumber: nullable(text({ about: 'The phone number', example: '+1234567890' })),
  role: oneOf(['USER', 'ADMIN'], 'What it may do'),
  status: oneOf(['ACTIVE', 'PENDING', 'BLOCKED'], 'PENDING: its address is not verified'),
  emailVerified: flag('Whether its address is verified', true),
  createdAt: moment('When it was made', '2026-01-31T10:30:00.000Z'),
});

const word = text({ example: 'web' });

/** The application that was made. */
export const SeededClient = record('SeededClient', {
  id: uuid('The id of the application', '7c9e6679-7425-40de-944b-e07fc1f90ae7'),
  name: text({ about: 'Its name', example: 'shop' }),
  kind: oneOf(['public', 'confidential'], 'Whether it has an Api-Token and channels, or a secret and scopes'),
  secret: text({ about: 'Its Api-Token or secret', example: 'shop-api-token' }),
  channels: list(word, 'The channels that it may use'),
  scopes: list(word, 'What it may do'),
});

export const Mails = list(Mail, 'The newest first');
