/** A way in which passwords are stored, recognised by how its hashes begin. */
export interface HashFormat {
  readonly prefixes: readonly string[];
  /**
   * Why a hash made elsewhere cannot be taken in, or undefined where it can: its shape, or a cost that would stall the
   * service. Completes "passwordHash …" and never quotes the hash.
   */
  readonly fault: (stored: string) => string | undefined;
  /** Whether the hash is of this password. Throws UnreadableHash. */
  readonly verify: (stored: string, password: string) => Promise<boolean>;
}

/** A stored hash that no password can be held against. */
export class UnreadableHash extends Error {
  override readonly name = 'UnreadableHash';
}

const KIB = 1024;
/** What one check may take of memory: scrypt at OWASP's N=2^17, r=8. */
export const MEMORY_MOST = 128 * KIB * KIB;

/** Base64 without padding, and with passlib's `.` for `+`. */
export const fromBase64 = (text: string): Buffer => Buffer.from(text.replaceAll('.', '+'), 'base64');

export const BASE64 = '[A-Za-z0-9+/.]+';

/** The sizes that occur; a shorter hash could be met by chance. */
export function sizeFault(salt: Buffer, hash: Buffer): string | undefined {
  if (salt.length < 8 || salt.length > 64) return 'needs a salt of 8 to 64 bytes';
  return hash.length < 16 || hash.length > 64 ? 'needs a hash of 16 to 64 bytes' : undefined;
}
