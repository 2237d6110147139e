import {
  EmailAddress,
  GivenPassword,
  NewPassword,
  NewUsername,
  OptionalText,
  Text,
} from '@gatehouse/contract-kit';
import type { LoginCredentials, NewAccount } from '@gatehouse/auth';

export class RegisterDto {
  @OptionalText({ about: 'The first name; not stored at registration', example: 'Alice', most: 100 })
  first_name?: string | null;

  @OptionalText({ about: 'The last name; not stored at registration', example: 'Doe', most: 100 })
  last_name?: string | null;

  @NewUsername({ about: 'The username', example: 'alice' })
  username: string;

  @EmailAddress({ about: 'The e-mail address', example: 'alice@example.com' })
  email: string;

  @NewPassword({ about: 'The password', example: 'StrongP@ssw0rd' })
  password: string;

  toAccount(): NewAccount {
    return {
      username: this.username,
      email: this.email,
      password: this.password,
      unstoredNames: { firstName: this.first_name ?? null, lastName: this.last_name ?? null },
      verifiesEmail: false,
    };
  }
}

export class LoginDto {
  @Text({ about: 'The e-mail address or username', example: 'alice@example.com', most: 254 })
  email: string;

  @GivenPassword({ about: 'The password', example: 'StrongP@ssw0rd' })
  password: string;

  toCredentials(): LoginCredentials {
    return { login: this.email, password: this.password };
  }
}

export class RefreshDto {
  @Text({ about: 'The refresh token', example: 'eyJhbGciOiJFUzI1NiIs…', most: 8192 })
  refresh_token: string;
}
