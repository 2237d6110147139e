import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-jwt';
import type { AccessToken } from '@gatehouse/tokens';
import { bearerOf } from './bearer.js';

export type Verify = (token: string) => Promise<AccessToken>;

/** Where a guard leaves the verification that it wants: passport's strategies are global, a service's keys are not. */
export const VERIFY = Symbol('verify');

/**
 * passport-jwt's own verification is jsonwebtoken's; ours is the one strict function, which knows the keys, the
 * claims and the revocations. passport-jwt offers this hook for it; what it calls the key is the function to ask.
 */
(Strategy as unknown as { JwtVerifier: unknown }).JwtVerifier = (
  token: string,
  verify: Verify,
  _options: unknown,
  done: (error: unknown, token?: AccessToken) => void,
): void => {
  verify(token).then((content) => done(null, content), done);
};

/** A Bearer token, judged by the verification that the route's guard left on the request. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, 'access-token') {
  constructor() {
    super({
      jwtFromRequest: bearerOf as never,
      secretOrKeyProvider: (request: unknown, _token: unknown, done: (error: null, verify: never) => void) =>
        done(null, (request as Record<symbol, never>)[VERIFY] as never),
    });
  }

  validate(token: AccessToken): AccessToken {
    return token;
  }
}
