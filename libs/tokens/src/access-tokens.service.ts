import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { CONFIG, type Config } from '@gatehouse/config';
import type { Runner } from '@gatehouse/database';
import { AuthError, isUuid, type SessionId, type UserId, type UserUuid } from '@gatehouse/kernel';
import { Revocations } from './revocations.service.js';
import { SigningKeys } from './signing-keys.service.js';
import { TokenVerifier, type Verified, type VerifiedClaims } from './token-verifier.service.js';
import { VerifiedTokens } from './verified-tokens.js';

/** What an access token says. */
export interface AccessToken {
  readonly userId: UserId;
  readonly userUuid: UserUuid;
  readonly username: string;
  readonly role: 'USER' | 'ADMIN';
  readonly sessionId: SessionId;
  /** The session's generation when the token was made. */
  readonly generation: number;
  /** Unique to the token; for sessions that refresh by the access token itself, their refresh secret. */
  readonly tokenId: string;
  readonly expiresAt: Date;
}

export interface NewAccessToken {
  readonly user: {
    readonly id: UserId;
    readonly uuid: UserUuid;
    readonly displayedName: string;
    readonly role: 'USER' | 'ADMIN';
  };
  readonly sessionId: SessionId;
  readonly generation: number;
  /** The client application, or the contract where there is none (RFC 9068 §2.2 demands the claim). */
  readonly clientId: string;
  readonly tokenId: string;
  readonly issuedAt: Date;
  /** The session's own end, which no token of it outlives. */
  readonly sessionExpiresAt: Date;
}

/** A signed access token and its life. */
export interface IssuedAccessToken {
  readonly token: string;
  readonly expiresAt: Date;
  /** Whole seconds from issue to expiry. */
  readonly expiresIn: number;
}

/** Access tokens: JWTs of type `at+jwt` (RFC 9068). */
@Injectable()
export class AccessTokens {
  private readonly verified: VerifiedTokens<AccessToken>;

  constructor(
    private readonly verifier: TokenVerifier,
    private readonly revocations: Revocations,
    private readonly keys: SigningKeys,
    private readonly jwt: JwtService,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.verified = new VerifiedTokens(verifier);
  }

  /** Signs a token that lives ACCESS_TOKEN_TTL, and never longer than its session. */
  issue(wanted: NewAccessToken): IssuedAccessToken {
    const iat = Math.floor(wanted.issuedAt.getTime() / 1000);
    const sessionEnd = Math.floor(wanted.sessionExpiresAt.getTime() / 1000);
    const exp = Math.min(iat + Math.floor(this.config.tokens.accessTtl / 1000), sessionEnd);
    const { kid, algorithm, privateKey } = this.keys.current();
    const claims = {
      iss: this.config.tokens.issuer,
      aud: this.config.tokens.audience,
      sub: wanted.user.uuid,
      uid: wanted.user.id,
      sid: wanted.sessionId,
      gen: wanted.generation,
      jti: wanted.tokenId,
      iat,
      exp,
      role: wanted.user.role,
      username: wanted.user.displayedName,
      client_id: wanted.clientId,
    };
    const token = this.jwt.sign(claims, {
      privateKey: privateKey as never,
      algorithm,
      keyid: kid,
      header: { alg: algorithm, typ: 'at+jwt' },
    });
    return { token, expiresAt: new Date(exp * 1000), expiresIn: exp - iat };
  }

  /**
   * The token's content where it is valid now.
   * Throws AuthError `access_token_invalid`, `access_token_expired` or `access_token_revoked`.
   */
  async verify(token: string): Promise<AccessToken> {
    const content = this.verified.find(token) ?? (await this.verifyAnew(token));
    if (await this.revocations.isRevoked(content.sessionId, content.generation))
      throw new AuthError('access_token_revoked');
    return content;
  }

  /**
   * Once more inside a transaction: a request that waited there for another one must not act on a token which that
   * one killed. Throws AuthError `access_token_revoked`.
   */
  async assertNotRevoked({ sessionId, generation }: AccessToken, runner: Runner): Promise<void> {
    if (await this.revocations.isRevoked(sessionId, generation, runner))
      throw new AuthError('access_token_revoked');
  }

  /**
   * The same for a token that accompanies or stands for a refresh: it may have expired, and whether its generation
   * may still be refreshed is the rotation's to decide. A session that has ended is refused here already.
   * Throws AuthError `access_token_invalid` or `access_token_revoked`.
   */
  async verifyForRefresh(token: string): Promise<AccessToken> {
    const content = this.verified.find(token) ?? (await this.read(token)).content;
    if (await this.revocations.hasEnded(content.sessionId)) throw new AuthError('access_token_revoked');
    return content;
  }

  private async verifyAnew(token: string): Promise<AccessToken> {
    const { verified, content } = await this.read(token);
    if (this.verifier.hasExpired(verified.claims)) throw new AuthError('access_token_expired');
    this.verified.add(token, verified, content);
    return content;
  }

  /** What a token of ours says, expired or not. Throws AuthError `access_token_invalid`. */
  private async read(token: string): Promise<{ verified: Verified; content: AccessToken }> {
    const verified = await this.verifier.verify(token, 'at+jwt');
    const content = verified && contentOf(verified.claims);
    if (!content) throw new AuthError('access_token_invalid');
    return { verified, content };
  }
}

/** Every claim is typed, or the token is none of ours. */
function contentOf(claims: VerifiedClaims): AccessToken | undefined {
  const { sub, uid, sid, gen, jti, role, username, client_id: clientId, exp } = claims;
  const typed =
    isUuid(sub) &&
    isUuid(sid) &&
    isCount(uid) &&
    isCount(gen) &&
    isText(jti) &&
    isText(username) &&
    isText(clientId) &&
    (role === 'USER' || role === 'ADMIN');
  if (!typed) return undefined;
  return {
    userId: uid as UserId,
    userUuid: sub as UserUuid,
    username,
    role,
    sessionId: sid as SessionId,
    generation: gen,
    tokenId: jti,
    expiresAt: new Date(exp * 1000),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
