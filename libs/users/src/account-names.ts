import { isEmail } from 'class-validator';
import { textFault } from '@gatehouse/kernel';

/** Letters, digits and `._-`, 3 to 50 of them. Never an `@`, so that a name is never taken for an address. */
export const USERNAME = /^[A-Za-z0-9._-]{3,50}$/;

/** RFC 5321 §4.5.3.1.3 leaves 254 characters for an address. */
export const EMAIL_MOST = 254;

/** Why a value, trimmed, cannot be a username, or undefined where it can; completes "username …". */
export function usernameFault(value: unknown): string | undefined {
  const fault = textFault(value, 3, 50);
  if (fault) return fault;
  return USERNAME.test(value as string)
    ? undefined
    : 'must consist of letters, digits and the characters . _ -';
}

/** The same for an e-mail address. */
export function emailFault(value: unknown): string | undefined {
  const fault = textFault(value, 1, EMAIL_MOST);
  if (fault) return fault;
  return isEmail(value) ? undefined : 'must be an e-mail address such as name@example.com';
}

/**
 * What makes two usernames one. Computed here and held unique by the database, so that the answer depends on no
 * locale of PostgreSQL's.
 */
export const usernameKey = (username: string): string => username.trim().toLowerCase();

/** What makes two e-mail addresses one: trimmed, NFC, lower case. */
export const emailKey = (email: string): string =>
  email.trim().normalize('NFC').toLowerCase().normalize('NFC');

/** What a login field means: an address where it holds an `@`, else a username. */
export const loginKey = (login: string): { kind: 'email' | 'username'; key: string } =>
  login.includes('@')
    ? { kind: 'email', key: emailKey(login) }
    : { kind: 'username', key: usernameKey(login) };
