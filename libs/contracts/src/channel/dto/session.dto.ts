import {
  EmailAddress,
  GivenPassword,
  NewPassword,
  OptionalText,
  PersonName,
  SameAs,
  Text,
} from '@gatehouse/contract-kit';
import type { LoginCredentials, NewAccount } from '@gatehouse/auth';

export class LoginDto {
  @Text({ about: 'The e-mail address or username', example: 'user@example.com', most: 254 })
  email: string;

  @GivenPassword({ about: 'The password', example: 'password123' })
  password: string;

  toCredentials(): LoginCredentials {
    return { login: this.email, password: this.password };
  }
}

export class RegisterDto {
  @PersonName({ about: 'The first name', example: 'John', most: 100 })
  firstName: string;

  @PersonName({ about: 'The last name', example: 'Doe', most: 100 })
  lastName: string;

  @EmailAddress({
    about: 'The e-mail address; a link and a code are mailed to it',
    example: 'user@example.com',
  })
  email: string;

  @NewPassword({ about: 'The password', example: 'password123' })
  password: string;

  @SameAs('password', { about: 'The same password again', example: 'password123' })
  passwordConfirmation: string;

  @OptionalText({ about: 'The phone number', example: '+1234567890', most: 50 })
  phoneNumber?: string | null;

  toAccount(): NewAccount {
    return {
      email: this.email,
      password: this.password,
      firstName: this.firstName,
      lastName: this.lastName,
      phoneNumber: this.phoneNumber ?? undefined,
      verifiesEmail: true,
    };
  }
}
