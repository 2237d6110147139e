import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-jwt';
import { type AccessToken, AccessTokens } from '@gatehouse/tokens';
import { bearerOf } from './bearer.js';

type Verify = (token: string) => Promise<AccessToken>;

/**
 * passport-jwt's own verification is jsonwebtoken's; ours is the one strict function, which knows the keys, the
 * claims and the revocations. passport-jwt offers this hook for it, and hands the strategy's options through.
 */
(Strategy as unknown as { JwtVerifier: unknown }).JwtVerifier = (
  token: string,
  _key: unknown,
  options: { verify: Verify },
  done: (error: unknown, token?: AccessToken) => void,
): void => {
  options.verify(token).then((content) => done(null, content), done);
};

const options = (verify: Verify) => ({
  jwtFromRequest: bearerOf as never,
  // Demanded by passport-jwt and unused: the verification function takes the key from the token's `kid`.
  secretOrKey: 'unused',
  jsonWebTokenOptions: { verify } as never,
});

/** A Bearer token that is valid now. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, 'access-token') {
  constructor(accessTokens: AccessTokens) {
    super(options((token) => accessTokens.verify(token)));
  }

  validate(token: AccessToken): AccessToken {
    return token;
  }
}

/** A Bearer token that accompanies a refresh: it may have expired. */
@Injectable()
export class RefreshableTokenStrategy extends PassportStrategy(Strategy, 'refreshable-access-token') {
  constructor(accessTokens: AccessTokens) {
    super(options((token) => accessTokens.verifyForRefresh(token)));
  }

  validate(token: AccessToken): AccessToken {
    return token;
  }
}
