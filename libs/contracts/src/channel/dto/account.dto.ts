import { EmailAddress, NewPassword, OptionalEmailAddress, SameAs, Text } from '@gatehouse/contract-kit';

export class ForgotPasswordDto {
  @EmailAddress({ about: 'Where to mail the reset link', example: 'user@example.com' })
  email: string;
}

export class ResetPasswordDto {
  @Text({ about: 'The token of the mailed link', example: 'reset_token_from_email', most: 512 })
  token: string;

  @NewPassword({ about: 'The new password', example: 'new_password' })
  password: string;

  @SameAs('password', { about: 'The same password again', example: 'new_password' })
  passwordConfirmation: string;
}

export class VerifyEmailDto {
  @Text({ about: 'The six digits of the mail', example: '123456', most: 32 })
  verificationCode: string;

  @OptionalEmailAddress({ about: 'The address that the code was mailed to', example: 'user@example.com' })
  email?: string | null;
}

/** Without an address the Bearer token tells whose it is. */
export class ResendVerificationDto {
  @OptionalEmailAddress({ about: 'The address that awaits verification', example: 'user@example.com' })
  email?: string | null;
}
