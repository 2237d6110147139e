import { Injectable } from '@nestjs/common';
import { Audit } from '@gatehouse/audit';
import { AuthError } from '@gatehouse/kernel';
import { Database } from '@gatehouse/database';
import { OneTimeSecrets } from '@gatehouse/secrets';
import { type ChosenPassword, NewPasswords, Users } from '@gatehouse/users';
import { actOf } from './act.js';
import type { Caller } from './caller.js';
import { PasswordReplacement } from './password-replacement.service.js';

@Injectable()
export class PasswordReset {
  constructor(
    private readonly database: Database,
    private readonly users: Users,
    private readonly secrets: OneTimeSecrets,
    private readonly passwords: NewPasswords,
    private readonly replacement: PasswordReplacement,
    private readonly audit: Audit,
  ) {}

  /** Whether the link still works. Looking spends nothing. */
  async isUsable(token: string): Promise<boolean> {
    const found = await this.secrets.find('reset_password', token);
    return found !== null && !found.used;
  }

  /**
   * Sets a new password by a mailed link, which proves control of the address and so verifies it too. Every session
   * of the account ends. Of any number of parallel uses one succeeds. Throws AuthError `reset_token_invalid`, and
   * `password_refused`, which leaves the link as it is.
   */
  async reset(token: string, chosen: ChosenPassword, caller: Caller): Promise<void> {
    // Looked at before the hash is computed, so that made-up links cost no hash.
    const found = await this.secrets.find('reset_password', token);
    const user = found && !found.used ? await this.users.findById(found.userId) : null;
    if (!user) throw new AuthError('reset_token_invalid');
    const passwordHash = await this.passwords.insteadOfStored(user, chosen);
    await this.database.transaction(async (transaction) => {
      await this.users.lock(transaction, user.id);
      const spent = await this.secrets.spend(transaction, 'reset_password', token);
      const stillTheirs = spent && (await this.users.verifyEmail(transaction, spent.userId, spent.emailKey));
      if (!stillTheirs) throw new AuthError('reset_token_invalid');
      await this.users.setPassword(transaction, user.id, passwordHash);
      // Whoever holds the link has proved the address.
      const act = actOf(caller, user.id);
      await this.audit.record(transaction, {
        event: 'password_changed',
        userId: user.id,
        act,
        details: { by: 'reset_link' },
      });
      await this.replacement.reset(transaction, user, act);
    });
  }
}
