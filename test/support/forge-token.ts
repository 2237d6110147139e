import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { SigningKeys } from '@gatehouse/tokens';
import type { Service } from './start-service.js';

export type Json = Record<string, unknown>;
/** Signs the two encoded segments; gives the signature's bytes. */
type Signer = (signingInput: string) => Buffer;

const base64url = (text: string | Uint8Array): string => Buffer.from(text as never).toString('base64url');

const es256 =
  (key: KeyObject): Signer =>
  (input) =>
    sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
const hs256 =
  (secret: string | Buffer): Signer =>
  (input) =>
    createHmac('sha256', secret).update(input).digest();

/** A token taken apart, to be put together again otherwise. */
export interface Parts {
  readonly header: Json;
  readonly claims: Json;
  readonly signature: string;
}

const jsonOf = (segment: string): Json => JSON.parse(Buffer.from(segment, 'base64url').toString()) as Json;

export function takeApart(token: string): Parts {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return { header: jsonOf(header), claims: jsonOf(payload), signature };
}

/** Puts a token together. Header and payload may be JSON text, for what no JavaScript object spells. */
export function assemble(header: Json | string, claims: Json | string, signer: Signer): string {
  const encode = (part: Json | string) => base64url(typeof part === 'string' ? part : JSON.stringify(part));
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${base64url(signer(input))}`;
}

/** Whoever signs: the service itself, by its own private key, and those who only pretend to. */
export function signersOf(service: Service) {
  const key = service.nest.get(SigningKeys, { strict: false }).current();
  const publicKey = createPublicKey(key.privateKey);
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    own: es256(key.privateKey),
    stranger: es256(stranger.privateKey),
    strangerJwk: stranger.publicKey.export({ format: 'jwk' }),
    secretIsPem: hs256(publicKey.export({ type: 'spki', format: 'pem' })),
    secretIsJwk: hs256(JSON.stringify(key.publicJwk)),
    secretIsDer: hs256(publicKey.export({ type: 'spki', format: 'der' })),
    secretIsEmpty: hs256(''),
    nobody: () => Buffer.alloc(0),
    /** The signature of the mathematically void, which broken verifiers accept (CVE-2022-21449). */
    zeros: () => Buffer.alloc(64),
    noise: () => randomBytes(64),
  };
}

export type Signers = ReturnType<typeof signersOf>;

/** The service's time as the claims spell it. */
export const nowInSeconds = (service: Service): number => Math.floor(service.clock.now() / 1000);

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The other spellings of the same signature: its last character carries bits that decode to nothing. */
export function otherSpellings(token: string): string[] {
  const bytes = Buffer.from(token.split('.')[2] as string, 'base64url');
  return [...ALPHABET]
    .map((last) => token.slice(0, -1) + last)
    .filter(
      (other) => other !== token && Buffer.from(other.split('.')[2] as string, 'base64url').equals(bytes),
    );
}
