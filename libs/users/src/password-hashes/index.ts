import { argon2Format } from './argon2.format.js';
import { bcryptFormat } from './bcrypt.format.js';
import { type HashFormat, UnreadableHash } from './hash-format.js';
import { pbkdf2Format } from './pbkdf2.format.js';
import { scryptFormat } from './scrypt.format.js';

const FORMATS: readonly HashFormat[] = [argon2Format, bcryptFormat, scryptFormat, pbkdf2Format];

const formatOf = (stored: string): HashFormat | undefined =>
  FORMATS.find(({ prefixes }) => prefixes.some((prefix) => stored.startsWith(prefix)));

/** Why a hash made elsewhere cannot be taken in, or undefined where it can. Never quotes it. */
export function hashFault(stored: string): string | undefined {
  const format = formatOf(stored);
  if (format) return format.fault(stored);
  return `is of no format that is known here: ${FORMATS.flatMap(({ prefixes }) => prefixes).join(' ')}`;
}

/** Whether the hash, in whichever format, is of this password. Throws UnreadableHash. */
export async function verifyHash(stored: string, password: string): Promise<boolean> {
  const format = formatOf(stored);
  if (!format) throw new UnreadableHash();
  return format.verify(stored, password);
}

export { UnreadableHash };
