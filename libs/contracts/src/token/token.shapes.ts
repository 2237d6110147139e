import {
  flag,
  integer,
  list,
  moment,
  nullable,
  oneOf,
  record,
  always,
  text,
  uuid,
} from '@gatehouse/contract-kit';

const JWT = 'eyJhbGciOiJFUzI1NiIs…';
const SESSION = 'b6ee5d38-9d1c-4b0e-8a2f-6a3f5f0f7c11';
const role = oneOf(['USER', 'ADMIN'], 'The role of the user');

export const Registered = record('Registered', {
  id: integer({ about: 'The id of the user', example: 1, least: 1 }),
  username: text({ about: 'The username', example: 'mahir' }),
  email: text({ about: 'The e-mail address', example: 'not@null.com' }),
  created_at: moment('When the user was registered', '2026-01-31T10:30:00.000Z'),
});

export const Tokens = record('Tokens', {
  access_token: text({ about: 'The access token, a JWT', example: JWT }),
  token_type: oneOf(['Bearer']),
  expires_in: integer({ about: 'Seconds until the access token expires', example: 3600 }),
  refresh_token: text({ about: 'The refresh token, good once', example: JWT }),
});

export const Verified = record('Verified', {
  valid: always(true),
  user_id: integer({ about: 'The id of the user', example: 1, least: 1 }),
  username: text({ about: 'The username, or the e-mail address of a user without one', example: 'mahir' }),
  role,
  session_id: uuid('The session that the token belongs to', SESSION),
  expires_at: moment('When the token expires', '2026-01-31T11:30:00.000Z'),
});

export const Revoked = record('Revoked', { revoked: always(true) });

const Session = record('Session', {
  id: uuid('The id of the session', SESSION),
  user_id: integer({ about: 'The id of the user', example: 1, least: 1 }),
  contract: text({ about: 'The contract that it was opened through', example: 'token' }),
  channel: nullable(text({ about: 'The channel that it was opened by', example: 'web' }), null),
  ip: text({ about: 'The address that it was opened from', example: '203.0.113.7' }),
  user_agent: nullable(text({ about: 'The program that it was opened by', example: 'curl/8.5.0' })),
  created_at: moment('When it was opened', '2026-01-31T10:30:00.000Z'),
  last_seen_at: moment('When it was last used', '2026-01-31T10:45:00.000Z'),
  expires_at: moment('When it expires, unless it is refreshed', '2026-03-02T10:45:00.000Z'),
  revoked_at: nullable(moment('When it was ended', '2026-01-31T10:50:00.000Z'), null),
  current: flag('Whether it is the one that asks', true),
});

export const Sessions = record('Sessions', {
  data: list(Session, 'The newest first'),
  page: integer({ about: 'The number of this page', example: 1, least: 1 }),
  per_page: integer({ about: 'How many sessions a page has', example: 3, least: 1 }),
  total: integer({ about: 'How many sessions there are', example: 1 }),
  total_pages: integer({ about: 'How many pages there are', example: 1 }),
});
