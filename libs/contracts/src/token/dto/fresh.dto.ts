import { GivenPassword, Text } from '@gatehouse/contract-kit';
import type { LoginCredentials } from '@gatehouse/auth';

export class FreshDto {
  @Text({ about: 'The username or e-mail address of the user', example: 'mahir', most: 254 })
  username: string;

  @GivenPassword({ about: 'The password of the user', example: 'abc123456' })
  password: string;

  toCredentials(): LoginCredentials {
    return { login: this.username, password: this.password };
  }
}
