import { Injectable } from '@nestjs/common';
import { Audit } from '@gatehouse/audit';
import { AuthError } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import type { AccessToken } from '@gatehouse/tokens';
import { type ChosenPassword, NewPasswords, Users } from '@gatehouse/users';
import { actOf } from './act.js';
import type { Caller } from './caller.js';
import { type Grant, Grants } from './grants.service.js';
import { PasswordReplacement } from './password-replacement.service.js';

@Injectable()
export class SessionPasswordReset {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly passwords: NewPasswords,
    private readonly replacement: PasswordReplacement,
    private readonly grants: Grants,
    private readonly audit: Audit,
  ) {}

  /**
   * Sets a new password on the strength of a session alone. Its earlier tokens die and it goes on under new ones; a
   * session that another contract opened ends, and the new tokens are a new one's. All other sessions end.
   * Throws AuthError `access_token_invalid`, `access_token_revoked` or `password_refused`.
   */
  async reset(token: AccessToken, chosen: ChosenPassword, caller: Caller): Promise<Grant> {
    const user = await this.users.findById(token.userId);
    if (!user) throw new AuthError('access_token_invalid');
    const passwordHash = await this.passwords.insteadOfStored(user, chosen);
    return this.database.transaction(async (transaction) => {
      const credentialVersion = await this.users.setPassword(transaction, user.id, passwordHash);
      if (credentialVersion === undefined) throw new AuthError('access_token_invalid');
      const act = actOf(caller, user.id);
      await this.audit.record(transaction, {
        event: 'password_changed',
        userId: user.id,
        sessionId: token.sessionId,
        act,
        details: { by: 'session' },
      });
      await this.replacement.changed(transaction, user, token.sessionId, act);
      return this.grants.renew(transaction, { ...user, credentialVersion }, token, caller);
    });
  }
}
