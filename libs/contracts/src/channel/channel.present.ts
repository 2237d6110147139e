import type { Account, Grant, SessionGrant } from '@gatehouse/auth';
import type { Shown } from '@gatehouse/contract-kit';
import type { Done, EmailVerified, LoggedIn, Refreshed, Registered } from './channel.shapes.js';

/** UTC with six fractional digits; PostgreSQL's last three are not kept. */
const micros = (date: Date): string => date.toISOString().replace('Z', '000Z');

const presentPerson = (account: Account) => ({
  uuid: account.uuid,
  firstName: account.firstName,
  lastName: account.lastName,
  email: account.email,
  role: account.role,
  status: account.status,
});

const presentImage = ({ profileImage }: Account) =>
  profileImage && { name: profileImage.name, link: profileImage.link };

export const presentLogin = ({ access, account }: SessionGrant): Shown<typeof LoggedIn> => ({
  statusCode: 200,
  message: 'Login successful',
  data: { token: access.token, user: { ...presentPerson(account), profileImage: presentImage(account) } },
});

export const presentRegistration = ({ access, account }: SessionGrant): Shown<typeof Registered> => ({
  statusCode: 201,
  message: 'Registration successful',
  data: { token: access.token, user: { ...presentPerson(account), createdAt: micros(account.createdAt) } },
});

export const presentRefreshed = ({ access }: Grant): Shown<typeof Refreshed> => ({
  statusCode: 200,
  message: 'Token refreshed',
  data: { token: access.token },
});

export const presentVerified = (account: Account): Shown<typeof EmailVerified> => ({
  statusCode: 200,
  message: 'Email verified successfully',
  data: {
    user: {
      uuid: account.uuid,
      status: account.status,
      emailVerifiedAt: account.emailVerifiedAt && micros(account.emailVerifiedAt),
    },
  },
});

export const presentDone = (message: string): Shown<typeof Done> => ({ statusCode: 200, message });
