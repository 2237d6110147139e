import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { CONFIG, type Config } from '@gatehouse/config';
import { AuthError, isUuid, type SessionId, type UserUuid } from '@gatehouse/kernel';
import { SigningKeys } from './signing-keys.service.js';
import { TokenVerifier } from './token-verifier.service.js';

export interface NewRefreshToken {
  readonly userUuid: UserUuid;
  readonly sessionId: SessionId;
  readonly secret: Buffer;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Refresh tokens in the form of a JWT, type `rt+jwt`: `jti` is the session's refresh secret. */
@Injectable()
export class RefreshTokens {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly keys: SigningKeys,
    private readonly jwt: JwtService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  issue({ userUuid, sessionId, secret, issuedAt, expiresAt }: NewRefreshToken): string {
    const { kid, algorithm, privateKey } = this.keys.current();
    const claims = {
      iss: this.config.tokens.issuer,
      aud: this.config.tokens.audience,
      sub: userUuid,
      sid: sessionId,
      jti: secret.toString('base64url'),
      iat: Math.floor(issuedAt.getTime() / 1000),
      exp: Math.floor(expiresAt.getTime() / 1000),
    };
    return this.jwt.sign(claims, {
      privateKey: privateKey as never,
      algorithm,
      keyid: kid,
      header: { alg: algorithm, typ: 'rt+jwt' },
    });
  }

  /**
   * Which session a refresh token is for, and its secret. Says nothing of whether the token was spent: that is the
   * rotation's to decide. Throws AuthError `refresh_token_invalid`, for an expired one too.
   */
  async verify(token: string): Promise<{ sessionId: SessionId; secret: Buffer }> {
    const verified = await this.verifier.verify(token, 'rt+jwt');
    if (!verified || this.verifier.hasExpired(verified.claims)) throw new AuthError('refresh_token_invalid');
    const { sid, jti } = verified.claims;
    if (!isUuid(sid) || typeof jti !== 'string') throw new AuthError('refresh_token_invalid');
    return { sessionId: sid as SessionId, secret: Buffer.from(jti, 'base64url') };
  }
}
