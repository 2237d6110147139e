import {
  type DocumentedParameter,
  integer,
  type Operation,
  type Shown,
  text,
  uuid,
} from '@gatehouse/contract-kit';
import { Registered, Revoked, Sessions, Tokens, Verified } from './token.shapes.js';

export const TAGS = {
  token: 'Tokens: getting, verifying, refreshing and revoking them',
  sessions: 'Sessions',
};

const userId: DocumentedParameter = {
  in: 'path',
  shape: integer({ about: 'The id of the user', example: 1 }),
  refusal: 'must be the numeric id of a user',
};

export const register: Operation<Shown<typeof Registered>> = {
  id: 'register',
  tag: 'token',
  summary: 'Register a new user',
  answer: { about: 'The new user', shape: Registered },
  refusals: ['username_taken', 'email_taken', 'password_refused', 'overloaded'],
};

export const fresh: Operation<Shown<typeof Tokens>> = {
  id: 'fresh',
  tag: 'token',
  summary: 'Authenticate and get fresh tokens',
  answer: { about: 'Tokens of a new session', shape: Tokens },
  refusals: ['credentials_invalid', 'account_locked', 'account_blocked', 'email_unverified', 'overloaded'],
};

export const verify: Operation<Shown<typeof Verified>> = {
  id: 'verify',
  tag: 'token',
  summary: 'Verify the access token',
  answer: { about: 'The token is valid: what it says', shape: Verified },
};

export const revoke: Operation<Shown<typeof Revoked>> = {
  id: 'revoke',
  tag: 'token',
  summary: 'Revoke the access token and the session that it belongs to',
  answer: { about: 'The session is over', shape: Revoked },
};

export const refresh: Operation<Shown<typeof Tokens>> = {
  id: 'refresh',
  tag: 'token',
  summary: 'Get new tokens by the refresh token; the access token may have expired',
  answer: { about: 'New tokens of the same session', shape: Tokens },
  refusals: ['refresh_token_invalid', 'email_unverified'],
};

export const listSessions: Operation<Shown<typeof Sessions>> = {
  id: 'listSessions',
  tag: 'sessions',
  summary: "List a user's sessions, newest first",
  description: "A user's own sessions, or anyone's for an ADMIN.",
  parameters: { userId },
  answer: {
    about: 'One page of the sessions',
    shape: Sessions,
    headers: {
      Link: text({
        about: 'The first, previous, next and last page, as far as there are such (RFC 8288)',
        example:
          '</v1/sessions/users/1?page=1&per_page=3>; rel="first", </v1/sessions/users/1?page=1&per_page=3>; rel="last"',
      }),
    },
  },
  refusals: ['forbidden', 'user_not_found'],
};

export const endSession: Operation<void> = {
  id: 'endSession',
  tag: 'sessions',
  summary: 'End one session',
  parameters: {
    sessionId: {
      in: 'path',
      shape: uuid('The id of the session', 'b6ee5d38-9d1c-4b0e-8a2f-6a3f5f0f7c11'),
      refusal: 'must be the UUID of a session',
    },
  },
  answer: { about: 'The session is over' },
  refusals: ['forbidden', 'session_not_found'],
};

export const endSessions: Operation<void> = {
  id: 'endSessions',
  tag: 'sessions',
  summary: "End all of a user's sessions",
  parameters: { userId },
  answer: { about: 'The sessions are over' },
  refusals: ['forbidden', 'user_not_found'],
};
