import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CONFIG, type Config } from '@gatehouse/config';
import {
  Clock,
  offsetOf,
  type Page,
  type PageRequest,
  Random,
  type SessionId,
  type UserId,
} from '@gatehouse/kernel';
import { Database, type Runner } from '@gatehouse/database';
import { hashRefreshSecret, newRefreshSecret, type RefreshFormat } from '@gatehouse/tokens';
import type { Device, SessionOrigin } from './session-origin.js';
import { type EndReason, Session } from './session.entity.js';
import * as sql from './sessions.sql.js';

/** A session that lives, with the one secret that refreshes it: what its tokens are made from. */
export interface LiveSession {
  readonly id: SessionId;
  readonly generation: number;
  readonly format: RefreshFormat;
  readonly rotates: boolean;
  readonly secret: Buffer;
  /** When `secret` came to be: the same however often its token is signed again. */
  readonly refreshIssuedAt: Date;
  /** The database's clock at this answer. */
  readonly now: Date;
  readonly idleExpiresAt: Date;
  readonly expiresAt: Date;
}

interface OpenedRow {
  readonly created_at: Date;
  readonly idle_expires_at: Date;
  readonly expires_at: Date;
}

/** The sessions: opened, listed, ended. Refreshing is refresh-rotation.service.ts. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    @InjectRepository(Session) private readonly repository: Repository<Session>,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Opens a session for the account as it was read. Null where its password has changed since, or it was blocked.
   */
  async open(
    runner: Runner,
    user: { readonly id: UserId; readonly credentialVersion: number },
    origin: SessionOrigin,
    device: Device,
  ): Promise<LiveSession | null> {
    const id = this.random.uuid() as SessionId;
    const { format, rotates } = origin.refresh;
    const secret = newRefreshSecret(format, this.random);
    const [row] = await runner.run<OpenedRow>(sql.openSession, [
      user.id,
      user.credentialVersion,
      id,
      origin.contract,
      origin.clientId,
      origin.channel,
      format,
      rotates,
      hashRefreshSecret(secret),
      device.ip,
      this.clock.offsetMs,
      device.userAgent,
      this.config.sessions.idleTtl,
      this.config.sessions.maxAge,
      this.config.tokens.accessTtl,
    ]);
    if (!row) return null;
    return {
      id,
      generation: 1,
      format,
      rotates,
      secret,
      refreshIssuedAt: row.created_at,
      now: row.created_at,
      idleExpiresAt: row.idle_expires_at,
      expiresAt: row.expires_at,
    };
  }

  /** An account's sessions that have not expired, newest first; ended ones among them unless `active`. */
  async list(userId: UserId, paging: PageRequest, active: boolean): Promise<Page<Session>> {
    const query = this.repository
      .createQueryBuilder('session')
      .where('session.userId = :userId', { userId })
      .andWhere(
        "least(session.idleExpiresAt, session.expiresAt) > now() + :offset * interval '1 millisecond'",
        {
          offset: this.clock.offsetMs,
        },
      )
      .orderBy('session.createdAt', 'DESC')
      .addOrderBy('session.id', 'DESC')
      .offset(offsetOf(paging) as unknown as number)
      .limit(paging.perPage);
    if (active) query.andWhere('session.endedAt IS NULL');
    const [items, total] = await query.getManyAndCount();
    return { ...paging, items, total };
  }

  find(id: SessionId): Promise<Session | null> {
    return this.repository.findOneBy({ id });
  }

  /** Ends one session, at once and for good: its tokens are refused from the commit on. Ended ones stay as they are. */
  async end(id: SessionId, reason: EndReason, runner: Runner = this.database): Promise<void> {
    await runner.run(sql.endSession, [id, this.clock.offsetMs, reason]);
  }

  /**
   * Ends every session of an account, but for `except`. In a transaction that changed a password it must come after
   * the change, in a statement of its own: only then does it see a session whose login came first.
   */
  async endAll(
    runner: Runner,
    userId: UserId,
    reason: EndReason,
    except: SessionId | null = null,
  ): Promise<void> {
    await runner.run(sql.endSessionsOf, [userId, this.clock.offsetMs, reason, except]);
  }
}
