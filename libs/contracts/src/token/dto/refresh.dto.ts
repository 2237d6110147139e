import { Exactly, Text } from '@gatehouse/contract-kit';

export class RefreshDto {
  @Exactly('refresh', { about: 'Which kind of token is sent' })
  type: string;

  @Text({ about: 'The refresh token', example: 'eyJhbGciOiJFUzI1NiIs…', most: 8192 })
  token: string;
}
