import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reauthentication } from '@gatehouse/auth';
import type { AccessToken } from '@gatehouse/tokens';
import { Refuses } from './openapi/guard-facts.js';
import { requestOf } from './request-of.js';

/** Behind an access token guard: demands that the session's password was entered within REAUTHENTICATION_WINDOW. */
@Refuses({ refusals: ['reauthentication_needed'] })
@Injectable()
export class RecentLoginGuard implements CanActivate {
  constructor(private readonly reauthentication: Reauthentication) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user } = requestOf<{ user?: AccessToken }>(context);
    if (!user) throw new Error('RecentLoginGuard stands before the access token guard');
    await this.reauthentication.assertRecent(user);
    return true;
  }
}
