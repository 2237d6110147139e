import type { Shown } from '@gatehouse/contract-kit';
import type { NewClient } from '@gatehouse/clients';
import type { Clock } from '@gatehouse/kernel';
import type { WrittenMail } from '@gatehouse/mail';
import type { User } from '@gatehouse/users';
import type { Mail, SeededClient, SeededUser, Time } from './development.shapes.js';
import { mailedSecrets } from './mailed-secrets.js';

export function presentMail({ id, to, subject, text, html, createdAt }: WrittenMail): Shown<typeof Mail> {
  const { link, token, code } = mailedSecrets(text);
  return { id, to, subject, text, html, link, token, code, createdAt: createdAt.toISOString() };
}

export const presentClock = (clock: Clock): Shown<typeof Time> => ({
  now: new Date(clock.now()).toISOString(),
  offsetMs: clock.offsetMs,
});

export const presentUser = (user: User): Shown<typeof SeededUser> => ({
  id: user.id,
  uuid: user.uuid,
  username: user.username,
  email: user.email,
  firstName: user.firstName,
  lastName: user.lastName,
  phoneNumber: user.phoneNumber,
  role: user.role,
  status: user.status,
  emailVerified: user.emailVerifiedAt !== null,
  createdAt: user.createdAt.toISOString(),
});

export const presentClient = (
  { name, kind, channels, scopes }: NewClient,
  { id, secret }: { id: string; secret: string },
): Shown<typeof SeededClient> => ({ id, name, kind, secret, channels, scopes });
