import { GivenPassword, Text } from '@gatehouse/contract-kit';
import type { LoginCredentials } from '@gatehouse/auth';

export class LoginDto {
  @Text({ about: 'The username or e-mail address', example: 'johndoe', most: 254 })
  username: string;

  @GivenPassword({ about: 'The password', example: 'securePassword123' })
  password: string;

  toCredentials(): LoginCredentials {
    return { login: this.username, password: this.password };
  }
}
