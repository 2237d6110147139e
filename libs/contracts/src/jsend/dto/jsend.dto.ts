import { EmailAddress, GivenPassword, NewPassword, PersonName, Text } from '@gatehouse/contract-kit';
import type { LoginCredentials, NewAccount } from '@gatehouse/auth';

export class RegisterDto {
  @PersonName({ about: 'The full name', example: 'test', most: 200 })
  fullName: string;

  @EmailAddress({ about: 'The e-mail address', example: 'test@gmail.com' })
  email: string;

  @NewPassword({ about: 'The password', example: 'password' })
  password: string;

  toAccount(): NewAccount {
    return { email: this.email, password: this.password, fullName: this.fullName, verifiesEmail: false };
  }
}

export class LoginDto {
  @Text({ about: 'The e-mail address or username', example: 'test@gmail.com', most: 254 })
  email: string;

  @GivenPassword({ about: 'The password', example: 'password1' })
  password: string;

  toCredentials(): LoginCredentials {
    return { login: this.email, password: this.password };
  }
}

export class ResetPasswordDto {
  @NewPassword({ about: 'The new password', example: 'newpassword' })
  password: string;
}
