import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** What a derived key is for; keys of different purposes have nothing in common. */
export type KeyPurpose =
  | 'signing-keys'
  | 'outbox'
  | 'one-time-secrets'
  | 'one-time-codes'
  | 'refresh-successors'
  | 'login-identifiers'
  | 'throttle-targets'
  | 'api-tokens'
  | 'audit-names';

/** None of the ring's keys opens a sealed value: its key was removed from SECRET_KEYS. */
export class SealedWithUnknownKey extends Error {
  override readonly name = 'SealedWithUnknownKey';
}

interface Ring {
  readonly id: string;
  readonly key: Buffer;
}

/**
 * The keys derived (HKDF-SHA256, RFC 5869) from the setting SECRET_KEYS. The first secret seals and keys the HMACs;
 * the others still open what they sealed and still recognise what they keyed, so that secrets can be rotated.
 */
export class KeyRing {
  private readonly derived = new Map<KeyPurpose, readonly Ring[]>();

  constructor(private readonly secrets: readonly string[]) {}

  /** Encrypts (AES-256-GCM) for storage in PostgreSQL. Gives `keyId.base64url(iv ‖ tag ‖ ciphertext)`. */
  seal(purpose: KeyPurpose, plaintext: string): string {
    const [{ id, key }] = this.ring(purpose) as [Ring];
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose));
    const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
    return `${id}.${Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64url')}`;
  }

  /** Opens what `seal` gave. Throws SealedWithUnknownKey, or an Error where the value was changed. */
  open(purpose: KeyPurpose, sealed: string): string {
    const [id, body = ''] = sealed.split('.');
    const entry = this.ring(purpose).find((candidate) => candidate.id === id);
    if (!entry) throw new SealedWithUnknownKey(`sealed with key ${id}, which is not in SECRET_KEYS`);
    const bytes = Buffer.from(body, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', entry.key, bytes.subarray(0, 12), { authTagLength: 16 })
      .setAAD(Buffer.from(purpose))
      .setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }

  /** HMAC-SHA256 under the first secret: what is stored now. 32 bytes. */
  hmac(purpose: KeyPurpose, data: string | Uint8Array): Buffer {
    return this.hmacs(purpose, data)[0] as Buffer;
  }

  /** HMAC-SHA256 under every secret, the first one first: what may have been stored. */
  hmacs(purpose: KeyPurpose, data: string | Uint8Array): Buffer[] {
    return this.ring(purpose).map(({ key }) => createHmac('sha256', key).update(data).digest());
  }

  private ring(purpose: KeyPurpose): readonly Ring[] {
    let ring = this.derived.get(purpose);
    if (!ring) {
      ring = this.secrets.map((secret) => ({
        id: Buffer.from(hkdfSync('sha256', secret, '', 'gatehouse key id', 6)).toString('base64url'),
        key: Buffer.from(hkdfSync('sha256', secret, '', `gatehouse ${purpose}`, 32)),
      }));
      this.derived.set(purpose, ring);
    }
    return ring;
  }
}
