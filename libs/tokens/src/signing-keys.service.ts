import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  generateKeyPairSync,
  createHash,
} from 'node:crypto';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CONFIG, type Config } from '@gatehouse/config';
import { Clock, KeyRing, OperatorError, SealedWithUnknownKey } from '@gatehouse/kernel';
import { Database, nowPlus, type Statement } from '@gatehouse/database';
import { type PublicJwk, type SigningAlgorithm, SigningKey } from './signing-key.entity.js';

export interface VerificationKey {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly publicKey: KeyObject;
  readonly publicJwk: PublicJwk;
}

export interface CurrentKey extends VerificationKey {
  readonly privateKey: KeyObject;
}

/** SECRET_KEYS does not open the signing key that PostgreSQL holds. */
export class SigningKeyUnreadable extends OperatorError {
  override readonly name = 'SigningKeyUnreadable';
}

/** An unknown `kid` makes us look for a new key, at most this often: anybody can send one. */
const RELOAD_INTERVAL_MS = 5_000;

const insertIfFirst: Statement = {
  name: 'tokens.insert-signing-key',
  text: `
    INSERT INTO signing_keys (kid, algorithm, public_jwk, sealed_private_key, created_at)
    SELECT $1, $2, $3, $4, ${nowPlus(5)}
    WHERE NOT EXISTS (SELECT FROM signing_keys WHERE algorithm = $2)`,
};
const lockKeys: Statement = {
  name: 'tokens.lock-signing-keys',
  text: 'LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE',
};

/** The keys that tokens are signed and verified with: prebuilt objects, shared by all nodes through PostgreSQL. */
@Injectable()
export class SigningKeys implements OnModuleInit {
  private readonly logger = new Logger('SigningKeys');
  private readonly known = new Map<string, VerificationKey>();
  private signing: CurrentKey | undefined;
  private loadedAt = 0;

  constructor(
    @InjectRepository(SigningKey) private readonly repository: Repository<SigningKey>,
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Loads the keys and makes the first one where there is none. Throws SigningKeyUnreadable. */
  async onModuleInit(): Promise<void> {
    await this.load();
    if (!this.signing) {
      await this.makeFirst();
      await this.load();
    }
  }

  /** The key that signs. */
  current(): CurrentKey {
    if (!this.signing) throw new Error('the signing keys are not loaded yet');
    return this.signing;
  }

  /** The key with this id, where there is one; one that another node just made is found too. */
  async find(kid: string): Promise<VerificationKey | undefined> {
    const key = this.known.get(kid);
    if (key || Date.now() - this.loadedAt < RELOAD_INTERVAL_MS) return key;
    await this.load();
    return this.known.get(kid);
  }

  /** Whether this very key still verifies tokens. */
  accepts(key: VerificationKey): boolean {
    return this.known.get(key.kid) === key;
  }

  /** The public keys as a JWK set (RFC 7517 §5), the newest first. */
  jwks(): { keys: PublicJwk[] } {
    return { keys: [...this.known.values()].map(({ publicJwk }) => publicJwk) };
  }

  private async load(): Promise<void> {
    this.loadedAt = Date.now();
    const rows = await this.repository.find({ order: { createdAt: 'DESC', kid: 'ASC' } });
    for (const { kid, algorithm, publicJwk } of rows) {
      if (this.known.has(kid)) continue;
      const publicKey = createPublicKey({ key: publicJwk, format: 'jwk' });
      this.known.set(kid, { kid, algorithm, publicKey, publicJwk });
    }
    const newest = rows.find(({ algorithm }) => algorithm === this.config.tokens.algorithm);
    if (newest && newest.kid !== this.signing?.kid) this.signing = this.opened(newest);
  }

  private opened(row: SigningKey): CurrentKey {
    try {
      const privateKey = createPrivateKey(this.keys.open('signing-keys', row.sealedPrivateKey));
      return { ...(this.known.get(row.kid) as VerificationKey), privateKey };
    } catch (error) {
      const why = error instanceof SealedWithUnknownKey ? 'its secret is not among them' : 'it was damaged';
      throw new SigningKeyUnreadable(
        `SECRET_KEYS does not open the signing key ${row.kid} in the database (${why}): put the secret that was ` +
          'first in SECRET_KEYS when the key was made back into the list, behind the new one',
        { cause: error },
      );
    }
  }

  /** Several nodes may start at once: the lock lets one insert, and the others then find its key. */
  private async makeFirst(): Promise<void> {
    const algorithm = this.config.tokens.algorithm;
    const { publicKey, privateKey } =
      algorithm === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = publicKey.export({ format: 'jwk' }) as Record<string, string>;
    const kid = thumbprint(jwk);
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const publicJwk = JSON.stringify({ ...jwk, kid, use: 'sig', alg: algorithm });
    const values = [kid, algorithm, publicJwk, this.keys.seal('signing-keys', pem), this.clock.offsetMs];
    await this.database.transaction(async (transaction) => {
      await transaction.run(lockKeys, []);
      await transaction.run(insertIfFirst, values);
    });
    this.logger.log({ event: 'signing_key_ready', algorithm });
  }
}

/** The JWK thumbprint (RFC 7638 §3): SHA-256 over the required members in lexical order. */
function thumbprint(jwk: Record<string, string>): string {
  const members = jwk['kty'] === 'EC' ? ['crv', 'kty', 'x', 'y'] : ['e', 'kty', 'n'];
  const canonical = JSON.stringify(Object.fromEntries(members.map((name) => [name, jwk[name]])));
  return createHash('sha256').update(canonical).digest('base64url');
}
