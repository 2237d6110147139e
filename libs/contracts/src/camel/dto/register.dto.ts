import { EmailAddress, NewPassword, NewUsername } from '@gatehouse/contract-kit';
import type { NewAccount } from '@gatehouse/auth';

export class RegisterDto {
  @NewUsername({ about: 'The username', example: 'johndoe' })
  username: string;

  @EmailAddress({
    about: 'The e-mail address; a verification link is mailed to it',
    example: 'johndoe@example.com',
  })
  email: string;

  @NewPassword({ about: 'The password', example: 'securePassword123' })
  password: string;

  toAccount(): NewAccount {
    return { username: this.username, email: this.email, password: this.password, verifiesEmail: true };
  }
}
