import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { AuthError, Clock, Random, type SessionId } from '@gatehouse/kernel';
import type { Runner } from '@gatehouse/database';
import { hashRefreshSecret, newRefreshSecret, Revocations } from '@gatehouse/tokens';
import { type RenewedRow, renewSession } from './renew-session.sql.js';
import type { SessionOrigin } from './session-origin.js';
import type { LiveSession } from './sessions.service.js';

/** Lets a session go on under new tokens alone. */
@Injectable()
export class SessionRenewal {
  constructor(
    private readonly revocations: Revocations,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Replaces a session's refresh secret and kills every token that it had; when `runner`'s transaction settles, every
   * node refuses those. Null where another contract or application opened it: then nothing changes.
   * Throws AuthError `access_token_revoked` where it has ended.
   */
  async renew(runner: Runner, id: SessionId, origin: SessionOrigin): Promise<LiveSession | null> {
    const { format } = origin.refresh;
    const secret = newRefreshSecret(format, this.random);
    const [row] = await runner.run<RenewedRow>(renewSession, [
      id,
      origin.contract,
      origin.clientId,
      hashRefreshSecret(secret),
      this.clock.offsetMs,
      this.config.sessions.idleTtl,
      this.config.tokens.accessTtl,
    ]);
    if (!row || row.ended) throw new AuthError('access_token_revoked');
    if (row.gen === null) return null;
    await this.revocations.acknowledge(runner, [row]);
    return {
      id,
      generation: row.gen,
      format,
      rotates: row.rotates,
      secret,
      refreshIssuedAt: row.rotated_at,
      now: row.rotated_at,
      idleExpiresAt: row.idle_expires_at,
      expiresAt: row.expires_at,
    };
  }
}
