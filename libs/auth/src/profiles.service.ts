import { Injectable } from '@nestjs/common';
import { AuthError } from '@gatehouse/kernel';
import type { AccessToken } from '@gatehouse/tokens';
import { Database } from '@gatehouse/database';
import { type ProfileChanges, Users } from '@gatehouse/users';
import { type Account, accountOf } from './account.js';

@Injectable()
export class Profiles {
  constructor(
    private readonly users: Users,
    private readonly database: Database,
  ) {}

  /** The account behind a token. Throws AuthError `access_token_invalid` where it is gone. */
  async of(token: AccessToken): Promise<Account> {
    const user = await this.users.findById(token.userId);
    if (!user) throw new AuthError('access_token_invalid');
    return accountOf(user);
  }

  /** Changes what is given (null clears it). Gives the account as it then is. Throws as `of` does. */
  async update(token: AccessToken, changes: ProfileChanges): Promise<Account> {
    await this.users.updateProfile(this.database, token.userId, changes);
    return this.of(token);
  }
}
