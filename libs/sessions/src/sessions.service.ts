import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { type Act, actValue } from '@gatehouse/audit';
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
import { Database, type Runner, type Statement } from '@gatehouse/database';
import {
  hashRefreshSecret,
  newRefreshSecret,
  type RefreshFormat,
  Revocations,
  type RevokedRow,
} from '@gatehouse/tokens';
import type { Role } from '@gatehouse/users';
import { endSession, endSessionsOf, outdateAccessTokens, untoldRevocations } from './end-session.sql.js';
import { endSurplus, lockForLogin, openSession } from './open-session.sql.js';
import type { Device, SessionOrigin } from './session-origin.js';
import { type EndReason, Session } from './session.entity.js';

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

/** The account that a login is for, as it was when its password was checked. */
interface AccountAsRead {
  readonly id: UserId;
  readonly credentialVersion: number;
}

/** What an account's tokens say of it. */
export interface TokenHolder {
  readonly username: string | null;
  readonly email: string;
  readonly role: Role;
}

/** A new session, and what its tokens say, read in the same instant. */
export interface OpenedSession {
  readonly session: LiveSession;
  readonly holder: TokenHolder;
}

interface OpenedRow extends TokenHolder {
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
    private readonly revocations: Revocations,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Opens a session for the account as it was read, and ends its oldest beyond SESSIONS_PER_USER. Null where its
   * password has changed since, or it was blocked.
   * @param act as what it is recorded: who logs in
   */
  async open(
    runner: Runner,
    user: AccountAsRead,
    origin: SessionOrigin,
    device: Device,
    act: Act,
  ): Promise<OpenedSession | null> {
    const id = this.random.uuid() as SessionId;
    const { format, rotates } = origin.refresh;
    const secret = newRefreshSecret(format, this.random);
    const row = await this.opened(runner, user, act, [
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
    const session: LiveSession = {
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
    return { session, holder: { username: row.username, email: row.email, role: row.role } };
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

  /**
   * Ends one session, at once and for good: when this settles (in a transaction: when that does) every node refuses its
   * tokens. One that has ended already stays as it is, and every node is made sure of all the same.
   * @param act as whose doing it is recorded
   */
  async end(id: SessionId, reason: EndReason, act: Act, runner: Runner = this.database): Promise<void> {
    await this.revoke(runner, endSession, [id, this.clock.offsetMs, reason, actValue(act)]);
  }

  /**
   * Ends every session of an account, but for `except`; settles as `end` does. In a transaction that changed a password
   * it must come after the change, in a statement of its own: only then does it see a session whose login came first.
   */
  async endAll(
    runner: Runner,
    userId: UserId,
    reason: EndReason,
    act: Act,
    except: SessionId | null = null,
  ): Promise<void> {
    const values = [userId, this.clock.offsetMs, reason, except, actValue(act)];
    await this.revoke(runner, endSessionsOf, values);
  }

  /**
   * Kills the access tokens of all of an account's sessions, which live on: for what those tokens say has changed.
   * Settles as `end` does. In the transaction of the change, after it, in a statement of its own.
   */
  async outdateAccessTokens(transaction: Runner, userId: UserId): Promise<void> {
    await this.revoke(transaction, outdateAccessTokens, [userId, this.clock.offsetMs]);
  }

  /**
   * Revokes nothing more; settles when every node refuses what has been revoked of an account's sessions. For an act
   * that finds itself done: whoever did it may have died before anybody was told.
   */
  async tellRevocations(runner: Runner, userId: UserId): Promise<void> {
    await this.revoke(runner, untoldRevocations, [userId, this.clock.offsetMs]);
  }

  private async revoke(runner: Runner, statement: Statement, values: readonly unknown[]): Promise<void> {
    await this.revocations.acknowledge(runner, await runner.run<RevokedRow>(statement, values));
  }

  /** Undefined where the account may not log in by what was read of it. */
  private async opened(
    runner: Runner,
    account: AccountAsRead,
    act: Act,
    values: readonly unknown[],
  ): Promise<OpenedRow | undefined> {
    const [row] = await this.tryToOpen(runner, account, act, values);
    if (row) return row;
    if (runner !== this.database) return this.openWithRoom(runner, account, act, values);
    return this.database.transaction((transaction) => this.openWithRoom(transaction, account, act, values));
  }

  /** What one statement cannot decide: each of these begins when the account's row is held, and sees what came before. */
  private async openWithRoom(
    transaction: Runner,
    account: AccountAsRead,
    act: Act,
    values: readonly unknown[],
  ): Promise<OpenedRow | undefined> {
    const held = await transaction.run(lockForLogin, [account.id, account.credentialVersion]);
    if (held.length === 0) return undefined;
    const { perUser } = this.config.sessions;
    await this.revoke(transaction, endSurplus, [
      account.id,
      this.clock.offsetMs,
      'session_limit' satisfies EndReason,
      perUser,
      actValue(act),
    ]);
    const [row] = await this.tryToOpen(transaction, account, act, values);
    return row;
  }

  private tryToOpen(
    runner: Runner,
    account: AccountAsRead,
    act: Act,
    values: readonly unknown[],
  ): Promise<OpenedRow[]> {
    const { perUser } = this.config.sessions;
    const all = [account.id, account.credentialVersion, ...values, perUser, actValue(act)];
    return runner.run(openSession, all);
  }
}
