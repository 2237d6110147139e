import type { Operation, Shown } from '@gatehouse/contract-kit';
import { CurrentUser, LoggedIn, LoggedOut, Refreshed, Registered, UpdatedUser } from './snake.shapes.js';

export const TAGS = {
  session: 'Registering, logging in and out, refreshing',
  user: 'The user who is logged in',
};

export const register: Operation<Shown<typeof Registered>> = {
  id: 'register',
  tag: 'session',
  summary: 'Create an account',
  answer: { about: 'The id of the new account', shape: Registered },
  refusals: ['username_taken', 'email_taken', 'password_refused', 'overloaded'],
};

export const login: Operation<Shown<typeof LoggedIn>> = {
  id: 'login',
  tag: 'session',
  summary: 'Log in',
  answer: { about: 'The user, and tokens of a new session', shape: LoggedIn },
  refusals: ['credentials_invalid', 'account_locked', 'account_blocked', 'email_unverified', 'overloaded'],
};

export const refresh: Operation<Shown<typeof Refreshed>> = {
  id: 'refresh',
  tag: 'session',
  summary: 'Get a new access token; the refresh token stays valid',
  answer: { about: 'A new access token, and the refresh token unchanged', shape: Refreshed },
  refusals: ['refresh_token_invalid', 'email_unverified'],
};

export const logout: Operation<Shown<typeof LoggedOut>> = {
  id: 'logout',
  tag: 'session',
  summary: 'Log out: the session and its tokens are over',
  answer: { about: 'The session is over', shape: LoggedOut },
};

export const getUser: Operation<Shown<typeof CurrentUser>> = {
  id: 'getUser',
  tag: 'user',
  summary: 'The user',
  answer: { about: 'The user', shape: CurrentUser },
};

export const updateUser: Operation<Shown<typeof UpdatedUser>> = {
  id: 'updateUser',
  tag: 'user',
  summary: "Change the user's names and image",
  description: 'What is left out stays as it is; null clears it.',
  answer: { about: 'The user as changed', shape: UpdatedUser },
};
