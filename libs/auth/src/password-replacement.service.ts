import { Injectable } from '@nestjs/common';
import type { Act } from '@gatehouse/audit';
import type { SessionId } from '@gatehouse/kernel';
import type { Transaction } from '@gatehouse/database';
import { LoginGuard } from '@gatehouse/guessing';
import { Outbox, passwordChangedMail } from '@gatehouse/mail';
import { OneTimeSecrets } from '@gatehouse/secrets';
import { Sessions } from '@gatehouse/sessions';
import type { User } from '@gatehouse/users';

/** What follows from a new password, in the transaction that stores it. */
@Injectable()
export class PasswordReplacement {
  constructor(
    private readonly sessions: Sessions,
    private readonly secrets: OneTimeSecrets,
    private readonly guard: LoginGuard,
    private readonly outbox: Outbox,
  ) {}

  /** Changed by a logged-in user: every session ends but the one that made the change. */
  async changed(transaction: Transaction, user: User, current: SessionId, act: Act): Promise<void> {
    await this.sessions.endAll(transaction, user.id, 'password_changed', act, current);
    await this.finish(transaction, user);
  }

  /** Reset by a mailed link: every session ends, and every lock is lifted. */
  async reset(transaction: Transaction, user: User, act: Act): Promise<void> {
    await this.sessions.endAll(transaction, user.id, 'password_reset', act);
    await this.guard.clear(transaction, user.id);
    await this.finish(transaction, user);
  }

  /** Reset links that are still about must not undo the new password; and the owner is told. */
  private async finish(transaction: Transaction, user: User): Promise<void> {
    await this.secrets.voidAll(transaction, 'reset_password', user.id);
    await this.outbox.put(transaction, user.email, passwordChangedMail());
  }
}
