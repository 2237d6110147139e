import { type Operation, type Shown, uuid } from '@gatehouse/contract-kit';
import { LoggedOut, Pair, Refreshed, UserAnswer } from './jsend.shapes.js';

export const TAGS = {
  session: 'Registering, logging in and out, refreshing',
  account: "The user's details and password",
};

type PairAnswer = Operation<Shown<typeof Pair>>;

export const register: PairAnswer = {
  id: 'register',
  tag: 'session',
  summary: 'Create an account and get its tokens',
  answer: { about: 'Tokens of the new account', shape: Pair },
  refusals: ['email_taken', 'password_refused', 'overloaded'],
};

export const login: PairAnswer = {
  id: 'login',
  tag: 'session',
  summary: 'Log in',
  answer: { about: 'Tokens of a new session', shape: Pair },
  refusals: ['credentials_invalid', 'account_locked', 'account_blocked', 'email_unverified', 'overloaded'],
};

export const logout: Operation<Shown<typeof LoggedOut>> = {
  id: 'logout',
  tag: 'session',
  summary: 'Log out: the session and its tokens are over',
  answer: { about: 'The session is over', shape: LoggedOut },
};

export const refreshToken: Operation<Shown<typeof Refreshed>> = {
  id: 'refreshToken',
  tag: 'session',
  summary: 'Get new tokens by the refresh token; the access token may have expired',
  parameters: {
    'Refresh-Token': {
      in: 'header',
      shape: uuid('The refresh token', 'b736ae4a-bd7e-4fcf-9af9-fab045639aa1'),
    },
  },
  answer: { about: 'New tokens of the same session, without an envelope', shape: Refreshed },
  refusals: ['refresh_token_invalid', 'email_unverified'],
};

export const getUser: Operation<Shown<typeof UserAnswer>> = {
  id: 'getUser',
  tag: 'account',
  summary: "The user's details",
  answer: { about: 'The user', shape: UserAnswer },
};

export const resetPassword: PairAnswer = {
  id: 'resetPassword',
  tag: 'account',
  summary: 'Set a new password and get new tokens; all other sessions end',
  answer: { about: 'New tokens; those of before are dead', shape: Pair },
  refusals: ['password_refused', 'overloaded'],
};
