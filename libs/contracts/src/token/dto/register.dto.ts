import { EmailAddress, NewPassword, NewUsername, SameAs } from '@gatehouse/contract-kit';
import type { NewAccount } from '@gatehouse/auth';

export class RegisterDto {
  @NewUsername({ about: 'The username of the new user', example: 'mahir' })
  username: string;

  @NewPassword({ about: 'The password of the new user', example: 'abc123456' })
  password: string;

  @SameAs('password', { about: 'The password confirmation', example: 'abc123456' })
  password_confirm: string;

  @EmailAddress({ about: 'The e-mail address of the new user', example: 'not@null.com' })
  email: string;

  toAccount(): NewAccount {
    return { username: this.username, email: this.email, password: this.password, verifiesEmail: false };
  }
}
