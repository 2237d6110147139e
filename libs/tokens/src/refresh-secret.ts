import { createHash } from 'node:crypto';
import { type KeyRing, type Random, type SessionId, uuidFrom } from '@gatehouse/kernel';

/**
 * What carries a session's refresh secret to its client: a signed JWT, a bare UUID (which proves no origin), or the
 * access token itself.
 */
export type RefreshFormat = 'jwt' | 'uuid' | 'access';

/** A fresh secret: 32 random bytes, or 16 with the bits of a UUID v4. */
export const newRefreshSecret = (format: RefreshFormat, random: Random): Buffer =>
  shaped(format, random.bytes(32));

/** What the session's row keeps of a secret. The secret is hashed, never a token's bytes: signing again changes those. */
export const hashRefreshSecret = (secret: Uint8Array): Buffer => createHash('sha256').update(secret).digest();

/**
 * The secret that follows `secret`: derived, so that parallel tabs, retries and nodes all arrive at the same one. One
 * for each secret of the ring, today's first, since the key may have changed since the rotation.
 */
export const successorsOf = (
  format: RefreshFormat,
  keys: KeyRing,
  session: SessionId,
  secret: Uint8Array,
): Buffer[] =>
  keys
    .hmacs('refresh-successors', Buffer.concat([Buffer.from(session), Buffer.from([0]), secret]))
    .map((bytes) => shaped(format, bytes));

/** The secret as it stands in a token: base64url for a JWT's `jti`, else the UUID. */
export const encodeRefreshSecret = (format: RefreshFormat, secret: Buffer): string =>
  format === 'uuid' ? uuidFrom(secret) : secret.toString('base64url');

/** The bytes of a secret as `encodeRefreshSecret` spells it. */
export const decodeRefreshSecret = (format: RefreshFormat, text: string): Buffer =>
  format === 'uuid' ? Buffer.from(text.replaceAll('-', ''), 'hex') : Buffer.from(text, 'base64url');

const shaped = (format: RefreshFormat, bytes: Buffer): Buffer =>
  format === 'uuid' ? decodeRefreshSecret('uuid', uuidFrom(bytes)) : bytes;
