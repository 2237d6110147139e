import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@gatehouse/config';
import { AuthError, Clock } from '@gatehouse/kernel';
import { Sessions } from '@gatehouse/sessions';
import type { AccessToken } from '@gatehouse/tokens';

@Injectable()
export class Reauthentication {
  constructor(
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Throws AuthError `reauthentication_needed` where the session's password was entered too long ago. */
  async assertRecent(token: AccessToken): Promise<void> {
    const window = this.config.reauthenticationWindow;
    if (window === 0) return;
    const session = await this.sessions.find(token.sessionId);
    const enteredAt = session?.createdAt.getTime() ?? 0;
    if (enteredAt + window <= this.clock.now()) throw new AuthError('reauthentication_needed');
  }
}
