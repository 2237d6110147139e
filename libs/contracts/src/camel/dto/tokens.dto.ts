import { AnyString, Text } from '@gatehouse/contract-kit';

export class RefreshDto {
  @Text({ about: 'The refresh token', example: 'eyJhbGciOiJFUzI1NiIs…', most: 8192 })
  refreshToken: string;
}

export class ValidateDto {
  @AnyString({ about: 'Whatever is to be judged', example: 'eyJhbGciOiJFUzI1NiIs…' })
  token: string;
}
