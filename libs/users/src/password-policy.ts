import { characterCount, isStorableText } from '@gatehouse/kernel';

export const PASSWORD_LEAST = 8;
export const PASSWORD_MOST = 128;

/** NFC, so that a password typed on another keyboard is the same password (RFC 8265 §4.2.2). */
export const normalisedPassword = (password: string): string => password.normalize('NFC');

/**
 * Why a text cannot be a password, or undefined where it can: 8 to 128 characters after NFC, any Unicode, no rules of
 * composition (NIST SP 800-63B §5.1.1.2).
 */
export function passwordFault(password: string): string | undefined {
  if (!isStorableText(password)) return 'must be whole Unicode text without U+0000';
  const length = characterCount(normalisedPassword(password));
  if (length < PASSWORD_LEAST) return `must have at least ${PASSWORD_LEAST} characters`;
  if (length > PASSWORD_MOST) return `must have at most ${PASSWORD_MOST} characters`;
  return undefined;
}

/** Whose password it is to be, as far as is known. */
export interface PasswordOwner {
  readonly username?: string | null | undefined;
  readonly email: string;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
}

/** A text as others would guess it: blanks and case do not count. */
const guessed = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/gu, '');

/** Whether the password is the owner's username, address, its local part, first, last or full name. */
export function isOwnName(password: string, owner: PasswordOwner): boolean {
  const { username, email, firstName, lastName } = owner;
  const names = [username, email, email.slice(0, email.lastIndexOf('@')), firstName, lastName];
  const full = `${firstName ?? ''}${lastName ?? ''}`;
  const guess = guessed(password);
  return guess !== '' && [...names, full].some((name) => guessed(name ?? '') === guess);
}
