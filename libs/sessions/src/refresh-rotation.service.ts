import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Act, actValue } from '@gatehouse/audit';
import { CONFIG, type Config } from '@gatehouse/config';
import {
  AuthError,
  Clock,
  type ErrorCode,
  KeyRing,
  type SessionId,
  type UserId,
  type UserUuid,
} from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import {
  hashRefreshSecret,
  type RefreshFormat,
  Revocations,
  type RevokedRow,
  successorsOf,
} from '@gatehouse/tokens';
import { Users } from '@gatehouse/users';
import { rotateRefreshToken, type RotationRow, type Verdict } from './rotate-refresh-token.sql.js';
import type { SessionOrigin } from './session-origin.js';
import { SessionUse } from './session-use.service.js';
import type { LiveSession, TokenHolder } from './sessions.service.js';

/** A refresh secret as it was presented. */
export interface Presented {
  readonly sessionId: SessionId;
  readonly format: RefreshFormat;
  readonly secret: Buffer;
}

/** A refreshed session and whose it is, as its tokens may say it: a change that comes later kills them. */
export interface Rotation {
  readonly session: LiveSession;
  readonly user: TokenHolder & { readonly id: UserId; readonly uuid: UserUuid };
}

const REFUSALS: Partial<Record<Verdict, ErrorCode>> = {
  unverified: 'email_unverified',
};

/** Refreshes sessions: exactly one successor for any number of parallel presentations, and theft noticed. */
@Injectable()
export class RefreshRotation {
  private readonly logger = new Logger('RefreshRotation');

  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly revocations: Revocations,
    private readonly keys: KeyRing,
    private readonly use: SessionUse,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Rotates (or, where the session does not rotate, extends) by the secret presented. Within the grace interval the
   * parent yields the same successor once more. Settles when every node refuses what it has revoked.
   * Throws AuthError `refresh_token_invalid`, or `email_unverified` where a verified address is demanded.
   * @param act as what a reuse is recorded
   */
  async rotate(presented: Presented, origin: SessionOrigin, act: Act): Promise<Rotation> {
    const { sessionId, format, secret } = presented;
    if (format !== origin.refresh.format) throw new AuthError('refresh_token_invalid');
    const successors = successorsOf(format, this.keys, sessionId, secret);
    const row = await this.judge(presented, successors[0] as Buffer, origin, act);
    const live = row && this.liveSecret(row, secret, successors);
    if (row?.verdict === 'reused') this.reportTheft(row, presented, act);
    if (row && hasRevoked(row)) await this.revocations.acknowledge(this.database, [row]);
    if (!row || !live) throw new AuthError((row && REFUSALS[row.verdict]) ?? 'refresh_token_invalid');
    this.use.note(sessionId, act.ip ?? undefined);
    const { username, email, role } = await this.holder(row);
    return {
      session: {
        id: sessionId,
        generation: row.gen,
        format,
        rotates: row.rotates,
        secret: live,
        refreshIssuedAt: row.rotated_at ?? row.created_at,
        now: row.now,
        idleExpiresAt: row.idle_expires_at,
        expiresAt: row.expires_at,
      },
      user: {
        id: Number(row.user_id) as UserId,
        uuid: row.uuid as UserUuid,
        username,
        email,
        role,
      },
    };
  }

  private async judge(
    presented: Presented,
    successor: Buffer,
    origin: SessionOrigin,
    act: Act,
  ): Promise<RotationRow | undefined> {
    const [row] = await this.database.run<RotationRow>(rotateRefreshToken, [
      presented.sessionId,
      origin.contract,
      origin.clientId,
      hashRefreshSecret(presented.secret),
      presented.format !== 'uuid',
      hashRefreshSecret(successor),
      this.config.sessions.reuseGrace,
      this.config.sessions.idleTtl,
      this.clock.offsetMs,
      this.config.tokens.accessTtl,
      this.config.accounts.requireVerifiedEmail,
      actValue(act),
    ]);
    return row;
  }

  /** The secret that refreshes next, or undefined where the verdict gives none. */
  private liveSecret(row: RotationRow, presented: Buffer, successors: readonly Buffer[]): Buffer | undefined {
    if (row.verdict === 'kept') return presented;
    if (row.verdict !== 'rotated' && row.verdict !== 'again') return undefined;
    // After `again` under changed SECRET_KEYS the successor may have been derived from an older key.
    return successors.find((successor) => hashRefreshSecret(successor).equals(row.leaf));
  }

  /** Read after the rotation where it may have changed before it: a change that comes later finds the new generation. */
  private async holder(row: RotationRow): Promise<TokenHolder> {
    return (row.moved && (await this.users.findById(Number(row.user_id) as UserId))) || row;
  }

  private reportTheft(row: RotationRow, presented: Presented, { contract, ip }: Act): void {
    this.logger.warn({
      event: 'refresh_token_reused',
      session: presented.sessionId,
      user: Number(row.user_id),
      contract,
      ip,
      about: 'a spent refresh token was presented again: the session was ended',
    });
  }
}

const hasRevoked = (row: RotationRow): row is RotationRow & RevokedRow => row.sid !== null;
