import { pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { BASE64, fromBase64, type HashFormat, sizeFault, UnreadableHash } from './hash-format.js';

/** PHC's `i=29000` or `i=29000,l=32`, or passlib's bare number of iterations. */
const SHAPE = new RegExp(
  `^\\$pbkdf2-sha256\\$(?:i=)?(\\d{1,10})(?:,l=(\\d{1,3}))?\\$(${BASE64})\\$(${BASE64})$`,
);
/** About a second; OWASP asks for 600,000. */
const ITERATIONS_MOST = 2_000_000;

interface Parsed {
  readonly iterations: number;
  /** Bytes, where the hash says how many it has. */
  readonly length: number | undefined;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

function parse(stored: string): Parsed | undefined {
  const [, iterations, length, salt, hash] = SHAPE.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  return {
    iterations: Number(iterations),
    length: length === undefined ? undefined : Number(length),
    salt: fromBase64(salt),
    hash: fromBase64(hash),
  };
}

function faultOf({ iterations, length, salt, hash }: Parsed): string | undefined {
  if (iterations < 1) return 'needs 1 iteration or more';
  if (iterations > ITERATIONS_MOST)
    return `costs more than the service may spend: at most ${ITERATIONS_MOST} iterations`;
  if (length !== undefined && length !== hash.length) return 'has a hash of another length than it says';
  return sizeFault(salt, hash);
}

const derive = promisify(pbkdf2);

/** PBKDF2 with HMAC-SHA-256 (RFC 8018) in PHC form or passlib's. */
export const pbkdf2Format: HashFormat = {
  prefixes: ['$pbkdf2-sha256$'],

  fault(stored) {
    const parsed = parse(stored);
    return parsed ? faultOf(parsed) : 'must read $pbkdf2-sha256$i=…$salt$hash';
  },

  async verify(stored, password) {
    const parsed = parse(stored);
    if (!parsed || faultOf(parsed) !== undefined) throw new UnreadableHash();
    const { iterations, salt, hash } = parsed;
    return timingSafeEqual(await derive(password, salt, iterations, hash.length, 'sha256'), hash);
  },
};
