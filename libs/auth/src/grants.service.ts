import { Injectable } from '@nestjs/common';
import { AuthError, Random } from '@gatehouse/kernel';
import type { Runner } from '@gatehouse/database';
import {
  type LiveSession,
  type Rotation,
  type SessionOrigin,
  SessionRenewal,
  Sessions,
} from '@gatehouse/sessions';
import {
  type AccessToken,
  AccessTokens,
  encodeRefreshSecret,
  type IssuedAccessToken,
  RefreshTokens,
} from '@gatehouse/tokens';
import { displayedUsername, type User } from '@gatehouse/users';
import { type Account, accountOf } from './account.js';
import { actOf } from './act.js';
import type { Caller } from './caller.js';

type Holder = Rotation['user'];

/** What a login, a registration or a refresh gives: an access token and what refreshes it. */
export interface Grant {
  readonly user: Holder & { readonly displayedName: string };
  readonly access: IssuedAccessToken;
  /** Empty where the access token refreshes itself. */
  readonly refreshToken: string;
}

/** What a login or a registration gives: the grant, and the account as it was read for it. */
export interface SessionGrant extends Grant {
  readonly account: Account;
}

/** Opens sessions and makes the tokens of live ones. */
@Injectable()
export class Grants {
  constructor(
    private readonly sessions: Sessions,
    private readonly renewal: SessionRenewal,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly random: Random,
  ) {}

  /**
   * Opens a session for the account as it was read. Throws AuthError `credentials_invalid` where its password was
   * changed, or it was blocked, in the meantime.
   */
  async open(runner: Runner, user: User, caller: Caller): Promise<SessionGrant> {
    const { origin, device } = caller;
    const opened = await this.sessions.open(runner, user, origin, device, actOf(caller, user.id));
    if (!opened) throw new AuthError('credentials_invalid');
    // It may have been renamed, or given another role, since it was read: the token must not say otherwise.
    const current = { ...user, ...opened.holder };
    return { ...this.issue(current, opened.session, origin), account: accountOf(current) };
  }

  /**
   * Lets the session of `token` go on under new tokens alone; one that another contract opened ends, and a new one is
   * opened. In a transaction that holds the account's row: of several at once with the same token one is made.
   * Throws AuthError `access_token_revoked` where the session has ended, or has gone on without this token.
   */
  async renew(runner: Runner, user: User, token: AccessToken, caller: Caller): Promise<Grant> {
    await this.accessTokens.assertNotRevoked(token, runner);
    const session = await this.renewal.renew(runner, token.sessionId, caller.origin);
    // `user` is as it was read: a change of its role or name since then has killed `token`, which was asked above.
    if (session) return this.issue(user, session, caller.origin);
    await this.sessions.end(token.sessionId, 'password_changed', actOf(caller, user.id), runner);
    return this.open(runner, user, caller);
  }

  /** The tokens of a live session. */
  issue(holder: Holder, session: LiveSession, origin: SessionOrigin): Grant {
    const user = {
      id: holder.id,
      uuid: holder.uuid,
      username: holder.username,
      email: holder.email,
      role: holder.role,
      displayedName: displayedUsername(holder),
    };
    const carried = encodeRefreshSecret(session.format, session.secret);
    const access = this.accessTokens.issue({
      user,
      sessionId: session.id,
      generation: session.generation,
      clientId: origin.clientId ?? origin.contract,
      tokenId: session.format === 'access' ? carried : this.random.bytes(16).toString('base64url'),
      issuedAt: session.now,
      sessionExpiresAt: session.expiresAt,
    });
    return { user, access, refreshToken: this.refreshToken(user.uuid, session, carried) };
  }

  private refreshToken(userUuid: Holder['uuid'], session: LiveSession, carried: string): string {
    if (session.format === 'access') return '';
    if (session.format === 'uuid') return carried;
    return this.refreshTokens.issue({
      userUuid,
      sessionId: session.id,
      secret: session.secret,
      issuedAt: session.refreshIssuedAt,
      // One that is never replaced must last as long as refreshes may extend its session.
      expiresAt: session.rotates ? session.idleExpiresAt : session.expiresAt,
    });
  }
}
