import { EmailAddress, GivenPassword, NewPassword, Text } from '@gatehouse/contract-kit';

export class PasswordResetDto {
  @EmailAddress({ about: 'Where to mail the reset link', example: 'johndoe@example.com' })
  email: string;
}

export class PasswordResetConfirmDto {
  @Text({ about: 'The token of the mailed link', example: 'abc123xyz789', most: 512 })
  token: string;

  @NewPassword({ about: 'The new password', example: 'newSecurePassword123' })
  newPassword: string;
}

export class ChangePasswordDto {
  @GivenPassword({ about: 'The password as it is', example: 'oldPassword123' })
  currentPassword: string;

  @NewPassword({ about: 'The password as it shall be', example: 'newSecurePassword123' })
  newPassword: string;
}
