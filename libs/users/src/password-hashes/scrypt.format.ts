import { scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import {
  BASE64,
  fromBase64,
  type HashFormat,
  MEMORY_MOST,
  sizeFault,
  UnreadableHash,
} from './hash-format.js';

const SHAPE = new RegExp(`^\\$scrypt\\$ln=(\\d{1,2}),r=(\\d{1,4}),p=(\\d{1,4})\\$(${BASE64})\\$(${BASE64})$`);
/** N times r times p: about a second. */
const WORK_MOST = 2 ** 21;

interface Parsed {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

function parse(stored: string): Parsed | undefined {
  const [, ln, r, p, salt, hash] = SHAPE.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  return { N: 2 ** Number(ln), r: Number(r), p: Number(p), salt: fromBase64(salt), hash: fromBase64(hash) };
}

function faultOf({ N, r, p, salt, hash }: Parsed): string | undefined {
  if (N < 2 || r < 1 || p < 1) return 'needs ln, r and p of 1 or more';
  if (128 * N * r > MEMORY_MOST || N * r * p > WORK_MOST)
    return 'costs more than the service may spend: 2^ln times r at most 2^20, times p at most 2^21';
  return sizeFault(salt, hash);
}

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** scrypt (RFC 7914) in PHC form, as passlib and others write it. */
export const scryptFormat: HashFormat = {
  prefixes: ['$scrypt$'],

  fault(stored) {
    const parsed = parse(stored);
    return parsed ? faultOf(parsed) : 'must read $scrypt$ln=…,r=…,p=…$salt$hash';
  },

  async verify(stored, password) {
    const parsed = parse(stored);
    if (!parsed || faultOf(parsed) !== undefined) throw new UnreadableHash();
    const { N, r, p, salt, hash } = parsed;
    // Node's own limit is 32 MiB.
    const maxmem = 128 * r * (N + p) + 1024 * 1024;
    return timingSafeEqual(await derive(password, salt, hash.length, { N, r, p, maxmem }), hash);
  },
};
