import { Injectable } from '@nestjs/common';
import { Audit, type AuditRecord, type LoginRefusal } from '@gatehouse/audit';
import { AuthError, type ErrorCode } from '@gatehouse/kernel';
import { loginKey, type User, Users } from '@gatehouse/users';
import { actOf } from './act.js';
import type { Caller } from './caller.js';

/** Tries under a lock are left out: whoever floods a locked account would fill the record too. */
const RECORDED: readonly ErrorCode[] = [
  'credentials_invalid',
  'account_blocked',
  'email_unverified',
] satisfies LoginRefusal[];

const isRecorded = (code: ErrorCode): code is LoginRefusal => RECORDED.includes(code);

/** Notes the refusals of passwords. A name that no account has costs the same work as one that an account has. */
@Injectable()
export class LoginRefusals {
  constructor(
    private readonly users: Users,
    private readonly audit: Audit,
  ) {}

  /** Runs what judges a login, and notes where it refuses. Throws what that throws. */
  async watch<T>(login: string, caller: Caller, judge: () => Promise<T>): Promise<T> {
    try {
      return await judge();
    } catch (error) {
      if (error instanceof AuthError && isRecorded(error.code)) {
        const { code: reason } = error;
        const whose = this.whose(login);
        await this.audit.note(whose.then((it) => refused(it, reason, caller)));
        if (error.locks) await this.audit.note(whose.then((it) => locked(it, caller)));
      }
      throw error;
    }
  }

  /** The same for the current password of an account that is logged in. */
  async watchCurrent<T>({ id: userId }: User, caller: Caller, judge: () => Promise<T>): Promise<T> {
    try {
      return await judge();
    } catch (error) {
      if (error instanceof AuthError && error.code === 'current_password_wrong') {
        await this.audit.note({ event: 'password_check_failed', userId, act: actOf(caller, userId) });
        if (error.locks) await this.audit.note(locked({ userId }, caller));
      }
      throw error;
    }
  }

  /** Whose name it is; where it is nobody's, what stands for it. */
  private async whose(login: string): Promise<Whose> {
    const user = await this.users.findByLogin(login);
    const name = this.audit.nameTried(loginKey(login).key);
    return user ? { userId: user.id } : { name };
  }
}

type Whose = { readonly userId: User['id'] } | { readonly name: string };

const refused = (whose: Whose, reason: LoginRefusal, caller: Caller): AuditRecord => ({
  event: 'login_refused',
  ...('userId' in whose ? { userId: whose.userId, details: { reason } } : { details: { reason, ...whose } }),
  act: actOf(caller, null),
});

const locked = (whose: Whose, caller: Caller): AuditRecord => ({
  event: 'account_locked',
  ...('userId' in whose ? { userId: whose.userId } : { details: whose }),
  act: actOf(caller, null),
});
