import { characterCount, isStorableText } from '@gatehouse/kernel';

export const PASSWORD_LEAST = 8;
export const PASSWORD_MOST = 128;

/**
 * Why a text cannot be a password, or undefined where it can: 8 to 128 characters after NFC, any Unicode, no rules of
 * composition (NIST SP 800-63B §5.1.1.2).
 */
export function passwordFault(password: string): string | undefined {
  if (!isStorableText(password)) return 'must be whole Unicode text without U+0000';
  const length = characterCount(password.normalize('NFC'));
  if (length < PASSWORD_LEAST) return `must have at least ${PASSWORD_LEAST} characters`;
  if (length > PASSWORD_MOST) return `must have at most ${PASSWORD_MOST} characters`;
  return undefined;
}
