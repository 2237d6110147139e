import { Injectable } from '@nestjs/common';
import { AuthError, type Page, type PageRequest, type SessionId, type UserId } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import { type Session, sessionExpiry, Sessions, SessionUse } from '@gatehouse/sessions';
import type { AccessToken } from '@gatehouse/tokens';
import { Users } from '@gatehouse/users';
import { actOf } from './act.js';
import type { Caller } from './caller.js';

/** A session as lists show it. */
export interface ListedSession {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly contract: string;
  readonly channel: string | null;
  readonly ip: string;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

/** Listing and ending sessions: a user's own, or anyone's for an ADMIN. */
@Injectable()
export class SessionManagement {
  constructor(
    private readonly sessions: Sessions,
    private readonly use: SessionUse,
    private readonly users: Users,
    private readonly database: Database,
  ) {}

  /** Ends the session that the token belongs to. */
  async endCurrent(token: AccessToken, reason: 'logged_out' | 'revoked', caller: Caller): Promise<void> {
    await this.sessions.end(token.sessionId, reason, actOf(caller, token.userId));
  }

  /**
   * One page of an account's sessions, newest first.
   * Throws AuthError `forbidden` for somebody else's, existing or not; for an ADMIN `user_not_found`.
   */
  async list(
    token: AccessToken,
    of: UserId,
    paging: PageRequest,
    active: boolean,
  ): Promise<Page<ListedSession>> {
    await this.assertMayManage(token, of);
    const page = await this.sessions.list(of, paging, active);
    return { ...paging, total: page.total, items: page.items.map((session) => this.listed(session, token)) };
  }

  /**
   * Ends one session; one that has ended already stays as it is.
   * Throws AuthError `forbidden` for somebody else's, existing or not; for an ADMIN `session_not_found`.
   */
  async end(token: AccessToken, id: SessionId, caller: Caller): Promise<void> {
    const session = await this.sessions.find(id);
    if (session?.userId !== token.userId) {
      if (token.role !== 'ADMIN') throw new AuthError('forbidden');
      if (!session) throw new AuthError('session_not_found');
    }
    await this.sessions.end(id, 'revoked', actOf(caller, token.userId));
  }

  /** Ends all of an account's sessions, or all but the one that asks. Throws as `list` does. */
  async endAll(token: AccessToken, of: UserId, exceptCurrent: boolean, caller: Caller): Promise<void> {
    await this.assertMayManage(token, of);
    const except = exceptCurrent ? token.sessionId : null;
    await this.sessions.endAll(this.database, of, 'revoked', actOf(caller, token.userId), except);
  }

  private async assertMayManage(token: AccessToken, of: UserId): Promise<void> {
    if (token.userId === of) return;
    if (token.role !== 'ADMIN') throw new AuthError('forbidden');
    if (!(await this.users.findById(of))) throw new AuthError('user_not_found');
  }

  private listed(session: Session, token: AccessToken): ListedSession {
    const { ip, lastSeenAt } = this.use.lastOf(session);
    return {
      id: session.id,
      userId: session.userId,
      contract: session.contract,
      channel: session.channel,
      ip,
      userAgent: session.userAgent,
      createdAt: session.createdAt,
      lastSeenAt,
      expiresAt: sessionExpiry(session),
      endedAt: session.endedAt,
      current: session.id === token.sessionId,
    };
  }
}
