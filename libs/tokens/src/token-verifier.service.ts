import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { CONFIG, type Config } from '@gatehouse/config';
import { Clock } from '@gatehouse/kernel';
import { readCompactJws } from './compact-jws.js';
import { SigningKeys } from './signing-keys.service.js';

/** `at+jwt` is RFC 9068's media type of an access token; neither kind passes for the other. */
export type TokenType = 'at+jwt' | 'rt+jwt';

export type VerifiedClaims = Readonly<Record<string, unknown>> & {
  readonly exp: number;
  readonly iat: number;
};

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
    private readonly jwt: JwtService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The claims of a token of this type that we signed, or undefined for anything else. The algorithm is the key's,
   * never the token's; issuer, audience and times are held against ours. An expired token is given back like any
   * other: `hasExpired` tells.
   */
  async verify(token: string, type: TokenType): Promise<VerifiedClaims | undefined> {
    const jws = readCompactJws(token);
    if (!jws || jws.header.typ !== type) return undefined;
    const key = await this.keys.find(jws.header.kid);
    if (!key || jws.header.alg !== key.algorithm) return undefined;
    try {
      this.jwt.verify(token, {
        publicKey: key.publicKey as never,
        algorithms: [key.algorithm],
        ignoreExpiration: true,
        ignoreNotBefore: true,
      });
    } catch {
      return undefined;
    }
    return this.ours(jws.payload) ? jws.payload : undefined;
  }

  /** RFC 7519 §4.1.4: a token is not accepted on or after `exp`; no leeway. */
  hasExpired({ exp }: VerifiedClaims): boolean {
    return exp * 1000 <= this.clock.now();
  }

  private ours(claims: Record<string, unknown>): claims is VerifiedClaims {
    const { iss, aud, iat, exp, nbf } = claims;
    const latest = this.clock.now() / 1000 + LEEWAY_S;
    return (
      iss === this.config.tokens.issuer &&
      aud === this.config.tokens.audience &&
      isTime(iat) &&
      isTime(exp) &&
      iat <= latest &&
      (nbf === undefined || (isTime(nbf) && nbf <= latest))
    );
  }
}

const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
