import { Injectable } from '@nestjs/common';
import { AuthError } from '@gatehouse/kernel';
import type { AccessToken } from '@gatehouse/tokens';
import { Users } from '@gatehouse/users';
import { type Account, accountOf } from './account.js';

@Injectable()
export class Profiles {
  constructor(private readonly users: Users) {}

  /** The account behind a token. Throws AuthError `access_token_invalid` where it is gone. */
  async of(token: AccessToken): Promise<Account> {
    const user = await this.users.findById(token.userId);
    if (!user) throw new AuthError('access_token_invalid');
    return accountOf(user);
  }
}
