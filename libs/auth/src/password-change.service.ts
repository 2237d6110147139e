import { Injectable } from '@nestjs/common';
import { Audit } from '@gatehouse/audit';
import { AuthError } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import type { AccessToken } from '@gatehouse/tokens';
import { type ChosenPassword, NewPasswords, Users } from '@gatehouse/users';
import { actOf } from './act.js';
import type { Caller } from './caller.js';
import { Credentials } from './credentials.service.js';
import { LoginRefusals } from './login-refusals.service.js';
import { PasswordReplacement } from './password-replacement.service.js';

export interface PasswordChangeRequest {
  readonly current: string;
  readonly next: ChosenPassword;
}

@Injectable()
export class PasswordChange {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly credentials: Credentials,
    private readonly passwords: NewPasswords,
    private readonly replacement: PasswordReplacement,
    private readonly refusals: LoginRefusals,
    private readonly audit: Audit,
  ) {}

  /**
   * Replaces the password of a logged-in account; all its other sessions end.
   * Throws AuthError `current_password_wrong`, `account_locked`, `password_refused`, `access_token_invalid` (the account
   * is gone).
   */
  async change(token: AccessToken, { current, next }: PasswordChangeRequest, caller: Caller): Promise<void> {
    const user = await this.users.findById(token.userId);
    if (!user) throw new AuthError('access_token_invalid');
    await this.refusals.watchCurrent(user, caller, () =>
      this.credentials.verifyCurrent(user, current, caller.device),
    );
    const act = actOf(caller, user.id);
    // only then: who does not know the current password must not learn that this is it
    const passwordHash = await this.passwords.insteadOf(current, user, next);
    await this.database.transaction(async (transaction) => {
      // Somebody else changed it since it was read: then `current` is no longer current.
      const changed = await this.users.changePassword(transaction, user, passwordHash);
      if (!changed) throw new AuthError('current_password_wrong');
      await this.audit.record(transaction, {
        event: 'password_changed',
        userId: user.id,
        sessionId: token.sessionId,
        act,
        details: { by: 'current_password' },
      });
      await this.replacement.changed(transaction, user, token.sessionId, act);
    });
  }
}
