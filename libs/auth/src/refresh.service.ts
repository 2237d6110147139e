import { Injectable } from '@nestjs/common';
import { AuthError, isUuid } from '@gatehouse/kernel';
import { type Presented, RefreshRotation } from '@gatehouse/sessions';
import { type AccessToken, decodeRefreshSecret, RefreshTokens } from '@gatehouse/tokens';
import { actOf } from './act.js';
import type { Caller } from './caller.js';
import { type Grant, Grants } from './grants.service.js';

/** What is presented: a refresh token, the access token (expired or not), or both, as the caller's contract has it. */
export interface RefreshRequest {
  readonly refreshToken?: string | undefined;
  readonly accessToken?: AccessToken;
}

@Injectable()
export class Refresh {
  constructor(
    private readonly refreshTokens: RefreshTokens,
    private readonly rotation: RefreshRotation,
    private readonly grants: Grants,
  ) {}

  /**
   * New tokens for a session, through the contract and application that opened it.
   * Throws AuthError `refresh_token_invalid` (spent, expired, foreign, of another session than the access token), or
   * `email_unverified`.
   */
  async refresh(request: RefreshRequest, caller: Caller): Promise<Grant> {
    const presented = await this.presented(request, caller);
    const { user, session } = await this.rotation.rotate(presented, caller.origin, actOf(caller, null));
    return this.grants.issue(user, session, caller.origin);
  }

  private async presented(
    { refreshToken, accessToken }: RefreshRequest,
    { origin }: Caller,
  ): Promise<Presented> {
    const { format } = origin.refresh;
    if (format === 'jwt' && refreshToken !== undefined) {
      const { sessionId, secret } = await this.refreshTokens.verify(refreshToken);
      if (accessToken && accessToken.sessionId !== sessionId) throw new AuthError('refresh_token_invalid');
      return { sessionId, format, secret };
    }
    // A UUID and an access token say nothing of the session that they refresh but what the access token signs.
    if (!accessToken) throw new AuthError('refresh_token_invalid');
    const carried = format === 'uuid' ? refreshToken : accessToken.tokenId;
    if (carried === undefined || (format === 'uuid' && !isUuid(carried)))
      throw new AuthError('refresh_token_invalid');
    return { sessionId: accessToken.sessionId, format, secret: decodeRefreshSecret(format, carried) };
  }
}
