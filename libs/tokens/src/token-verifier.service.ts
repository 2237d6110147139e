import { verify as verifySignature } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { Clock } from '@gatehouse/kernel';
import { readCompactJws } from './compact-jws.js';
import { SigningKeys, type VerificationKey } from './signing-keys.service.js';

/** `at+jwt` is RFC 9068's media type of an access token; neither kind passes for the other. */
export type TokenType = 'at+jwt' | 'rt+jwt';

export type VerifiedClaims = Readonly<Record<string, unknown>> & {
  readonly exp: number;
  readonly iat: number;
  readonly nbf?: number | undefined;
};

/** What a verification found. */
export interface Verified {
  readonly claims: VerifiedClaims;
  /** The key that the signature fits. */
  readonly key: VerificationKey;
}

/** How far another node's clock may be ahead, on `nbf` and `iat` alone. */
const LEEWAY_S = 30;

/**
 * The one function that decides whether a token is ours. Every contract, guard and endpoint goes through it; it knows
 * nothing of expiry's consequences or of revocation, which its two callers (access and refresh tokens) judge.
 */
@Injectable()
export class TokenVerifier {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The claims of a token of this type that we signed and the key that says so, or undefined for anything else. The
   * algorithm is the key's, never the token's; issuer, audience and times are held against ours. An expired token is
   * given back like any other: `hasExpired` tells.
   */
  async verify(token: string, type: TokenType): Promise<Verified | undefined> {
    const jws = readCompactJws(token);
    if (!jws || jws.header.typ !== type) return undefined;
    const key = await this.keys.find(jws.header.kid);
    if (!key || jws.header.alg !== key.algorithm) return undefined;
    if (!isSignedBy(key, token)) return undefined;
    return this.ours(jws.payload) ? { claims: jws.payload, key } : undefined;
  }

  /**
   * Whether `verify` would find the same again: of what it judges, keys and the clock alone can change. The key is
   * compared as an object, not by its id.
   */
  stillHolds({ claims, key }: Verified): boolean {
    return this.keys.accepts(key) && this.hasBegun(claims);
  }

  /** RFC 7519 §4.1.4: a token is not accepted on or after `exp`; no leeway. */
  hasExpired({ exp }: VerifiedClaims): boolean {
    return exp * 1000 <= this.clock.now();
  }

  private ours(claims: Record<string, unknown>): claims is VerifiedClaims {
    const { iss, aud, iat, exp, nbf } = claims;
    return (
      iss === this.config.tokens.issuer &&
      aud === this.config.tokens.audience &&
      isTime(iat) &&
      isTime(exp) &&
      (nbf === undefined || isTime(nbf)) &&
      this.hasBegun({ iat, nbf })
    );
  }

  /** RFC 7519 §4.1.5 and §4.1.6. */
  private hasBegun({ iat, nbf = iat }: Pick<VerifiedClaims, 'iat' | 'nbf'>): boolean {
    return Math.max(iat, nbf) <= this.clock.now() / 1000 + LEEWAY_S;
  }
}

/**
 * Whether this key made the signature, by the key's own algorithm (RFC 8725 §3.1): ES256 as two integers of 32 bytes
 * (RFC 7518 §3.4), RS256 with the padding of PKCS #1 v1.5 (§3.3). Says nothing about the token's form.
 */
export function isSignedBy({ publicKey }: Pick<VerificationKey, 'publicKey'>, token: string): boolean {
  const end = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  // For an RSA key the encoding means nothing.
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  return verifySignature('sha256', Buffer.from(token.slice(0, end)), key, signature);
}

const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
