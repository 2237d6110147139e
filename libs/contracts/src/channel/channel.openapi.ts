import type { Operation, Shown } from '@gatehouse/contract-kit';
import { Done, EmailVerified, LoggedIn, Refreshed, Registered } from './channel.shapes.js';

export const TAGS = {
  session: 'Registering, logging in and out, refreshing',
  account: 'Passwords and e-mail addresses',
};

type DoneAnswer = Operation<Shown<typeof Done>>;

/** The document's sentence for what was done. */
const done = (about: string, message: string): DoneAnswer['answer'] => ({
  about,
  shape: Done,
  example: { message },
});

export const login: Operation<Shown<typeof LoggedIn>> = {
  id: 'login',
  tag: 'session',
  summary: 'Log in',
  answer: { about: 'The token of a new session', shape: LoggedIn },
  refusals: ['credentials_invalid', 'account_locked', 'account_blocked', 'email_unverified', 'overloaded'],
};

export const register: Operation<Shown<typeof Registered>> = {
  id: 'register',
  tag: 'session',
  summary: 'Create an account and get its token',
  answer: {
    about: 'The token of the new account; a link and a code that verify its e-mail address are mailed',
    shape: Registered,
    example: registeredExample(),
  },
  refusals: ['email_taken', 'password_refused', 'overloaded'],
};

/** A new account awaits verification. */
function registeredExample(): Pick<Shown<typeof Registered>, 'data'> {
  const { data } = Registered.example;
  return { data: { ...data, user: { ...data.user, status: 'PENDING' } } };
}

export const logout: DoneAnswer = {
  id: 'logout',
  tag: 'session',
  summary: 'Log out: the session and its tokens are over',
  answer: done('The session is over', 'Logout successful'),
};

export const refreshToken: Operation<Shown<typeof Refreshed>> = {
  id: 'refreshToken',
  tag: 'session',
  summary: 'Replace the token, which may have expired, by a new one',
  answer: {
    about: 'A new token of the same session',
    shape: Refreshed,
    example: { data: { token: 'new_jwt_token_here' } },
  },
  refusals: ['refresh_token_invalid', 'email_unverified'],
};

export const forgotPassword: DoneAnswer = {
  id: 'forgotPassword',
  tag: 'account',
  summary: 'Mail a link that resets the password; answers alike for unknown addresses',
  answer: done(
    'If there is such an account, the link is on its way',
    'Password reset link has been sent to your email',
  ),
};

export const resetPassword: DoneAnswer = {
  id: 'resetPassword',
  tag: 'account',
  summary: 'Reset the password by a mailed link; all sessions end',
  answer: done('The password is reset', 'Password has been reset'),
  refusals: ['reset_token_invalid', 'password_refused', 'overloaded'],
};

export const verifyEmail: Operation<Shown<typeof EmailVerified>> = {
  id: 'verifyEmail',
  tag: 'account',
  summary: 'Verify the e-mail address by the mailed code',
  description:
    'Whose code it is tells the Bearer token, or email, or the application and network that asked for it.',
  request: { verificationCode: '123456' },
  answer: { about: 'The e-mail address is verified', shape: EmailVerified },
  refusals: ['verification_code_invalid', 'email_needed'],
};

export const resendVerification: DoneAnswer = {
  id: 'resendVerification',
  tag: 'account',
  summary: 'Mail another code and link; answers alike for every address',
  answer: done(
    'If the address awaits verification, another mail is on its way',
    'If this address awaits verification, another mail is on its way',
  ),
};
