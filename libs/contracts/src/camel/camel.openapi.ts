import { type Operation, type Shown, text } from '@gatehouse/contract-kit';
import { Health, Profile, Success, Tokens, Validation } from './camel.shapes.js';

export const TAGS = {
  session: 'Registering, logging in and out, refreshing',
  gateway: 'What API gateways and load balancers ask',
  account: "The user's profile, password and e-mail address",
};

type TokensAnswer = Operation<Shown<typeof Tokens>>;
type SuccessAnswer = Operation<Shown<typeof Success>>;

/** The document's sentence for what was done. */
const done = (about: string, message: string): SuccessAnswer['answer'] => ({
  about,
  shape: Success,
  example: { message },
});

export const register: TokensAnswer = {
  id: 'register',
  tag: 'session',
  summary: 'Create an account and get its tokens',
  answer: {
    about: 'Tokens of the new account; a link that verifies its e-mail address is mailed',
    shape: Tokens,
  },
  refusals: ['username_taken', 'email_taken', 'password_refused', 'overloaded'],
};

export const login: TokensAnswer = {
  id: 'login',
  tag: 'session',
  summary: 'Log in',
  answer: { about: 'Tokens of a new session', shape: Tokens },
  refusals: ['credentials_invalid', 'account_locked', 'account_blocked', 'email_unverified', 'overloaded'],
};

export const refresh: TokensAnswer = {
  id: 'refresh',
  tag: 'session',
  summary: 'Get new tokens by the refresh token',
  answer: { about: 'New tokens of the same session', shape: Tokens },
  refusals: ['refresh_token_invalid', 'email_unverified'],
};

export const logout: SuccessAnswer = {
  id: 'logout',
  tag: 'session',
  summary: 'Log out: the session and its tokens are over',
  answer: done('The session is over', 'Successfully logged out'),
};

export const validate: Operation<Shown<typeof Validation>> = {
  id: 'validate',
  tag: 'gateway',
  summary: 'Validate a token: 200 for every string, valid or not',
  answer: { about: 'What the token says, or why it is not valid', shape: Validation },
};

export const health: Operation<Shown<typeof Health>> = {
  id: 'health',
  tag: 'gateway',
  summary: 'Whether the service can do its work',
  answer: { about: 'It can', shape: Health },
  others: {
    503: {
      about: 'It cannot, or has not found out in time',
      shape: Health,
      example: { success: false, message: 'Auth service is not healthy: its database does not answer' },
    },
  },
};

export const profile: Operation<Shown<typeof Profile>> = {
  id: 'profile',
  tag: 'account',
  summary: "The user's profile",
  answer: { about: 'The profile', shape: Profile },
};

export const changePassword: SuccessAnswer = {
  id: 'changePassword',
  tag: 'account',
  summary: 'Change the password; all other sessions end',
  answer: done('The password is changed', 'Password changed successfully'),
  refusals: ['current_password_wrong', 'password_refused', 'account_locked', 'overloaded'],
};

export const requestPasswordReset: SuccessAnswer = {
  id: 'requestPasswordReset',
  tag: 'account',
  summary: 'Mail a link that resets the password',
  description:
    'With ENUMERATION_PROTECTION, as in production, an unknown address is answered like a known one.',
  answer: done('The link is on its way', 'Password reset instructions sent to your email'),
  refusals: ['user_not_found'],
};

export const confirmPasswordReset: SuccessAnswer = {
  id: 'confirmPasswordReset',
  tag: 'account',
  summary: 'Reset the password by a mailed link; all sessions end',
  answer: done('The password is reset', 'Password reset successfully'),
  refusals: ['reset_token_invalid', 'password_refused', 'overloaded'],
};

export const verifyEmail: SuccessAnswer = {
  id: 'verifyEmail',
  tag: 'account',
  summary: 'Verify the e-mail address by a mailed link',
  description: 'The same link may be fetched again. A browser that asks for HTML gets a page.',
  parameters: {
    token: { in: 'path', shape: text({ about: 'The token of the mailed link', example: 'abc123xyz789' }) },
  },
  answer: done('The e-mail address is verified', 'Email verified successfully'),
  refusals: ['verification_token_invalid'],
};
