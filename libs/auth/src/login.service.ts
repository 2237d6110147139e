import { Injectable } from '@nestjs/common';
import { Database } from '@gatehouse/database';
import type { Caller } from './caller.js';
import { Credentials, type LoginCredentials } from './credentials.service.js';
import { Grants, type SessionGrant } from './grants.service.js';
import { LoginRefusals } from './login-refusals.service.js';

@Injectable()
export class Login {
  constructor(
    private readonly credentials: Credentials,
    private readonly grants: Grants,
    private readonly database: Database,
    private readonly refusals: LoginRefusals,
  ) {}

  /**
   * Opens a session.
   * Throws AuthError `credentials_invalid`, `account_locked`, `account_blocked`, `email_unverified`, `overloaded`.
   */
  async logIn(credentials: LoginCredentials, caller: Caller): Promise<SessionGrant> {
    return this.refusals.watch(credentials.login, caller, async () => {
      const user = await this.credentials.verify(credentials, caller.device);
      return this.grants.open(this.database, user, caller);
    });
  }
}
