import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import {
  type Caller,
  EmailVerification,
  PasswordReset,
  PasswordResetRequest,
  VerificationResend,
} from '@gatehouse/auth';
import {
  ApiTokenGuard,
  CurrentCaller,
  OptionalToken,
  OptionalTokenGuard,
  Throttled,
  ValidBody,
} from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import { presentDone, presentVerified } from './channel.present.js';
import {
  ForgotPasswordDto,
  ResendVerificationDto,
  ResetPasswordDto,
  VerifyEmailDto,
} from './dto/account.dto.js';

@ApiTags('channel')
@ApiSecurity({ 'api-token': [], channel: [] })
@Controller('api/auth')
@UseGuards(ApiTokenGuard)
export class AccountController {
  constructor(
    private readonly resetRequests: PasswordResetRequest,
    private readonly passwordReset: PasswordReset,
    private readonly verification: EmailVerification,
    private readonly resending: VerificationResend,
  ) {}

  @Post('forgot-password')
  @Throttled('mail')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mail a link that resets the password; answers alike for unknown addresses' })
  async forgotPassword(@ValidBody() { email }: ForgotPasswordDto, @CurrentCaller() caller: Caller) {
    await this.resetRequests.mailLink(email, caller);
    return presentDone('Password reset link has been sent to your email');
  }

  @Post('reset-password')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reset the password by a mailed link; all sessions end' })
  async resetPassword(@ValidBody() { token, password }: ResetPasswordDto, @CurrentCaller() caller: Caller) {
    await this.passwordReset.reset(token, { password }, caller);
    return presentDone('Password has been reset');
  }

  @Post('verify-email')
  @Throttled('code')
  @HttpCode(200)
  @UseGuards(OptionalTokenGuard)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Verify the e-mail address by the mailed code' })
  async verifyEmail(
    @ValidBody() body: VerifyEmailDto,
    @OptionalToken() accessToken: AccessToken | undefined,
    @CurrentCaller() caller: Caller,
  ) {
    const entry = { code: body.verificationCode, accessToken, email: body.email ?? undefined };
    return presentVerified(await this.verification.verifyByCode(entry, caller));
  }

  /** Not in the document, whose codes live 15 minutes: without it an account that missed them could never be verified. */
  @Post('resend-verification')
  @Throttled('mail')
  @HttpCode(200)
  @UseGuards(OptionalTokenGuard)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Mail another code and link; answers alike for every address' })
  async resend(
    @ValidBody() { email }: ResendVerificationDto,
    @OptionalToken() accessToken: AccessToken | undefined,
    @CurrentCaller() caller: Caller,
  ) {
    await this.resending.resend({ accessToken, email: email ?? undefined }, caller);
    return presentDone('If this address awaits verification, another mail is on its way');
  }
}
