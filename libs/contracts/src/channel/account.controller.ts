import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
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
  Documented,
  ValidBody,
} from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import * as operations from './channel.openapi.js';
import { presentDone, presentVerified } from './channel.present.js';
import {
  ForgotPasswordDto,
  ResendVerificationDto,
  ResetPasswordDto,
  VerifyEmailDto,
} from './dto/account.dto.js';

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
  @Documented(operations.forgotPassword)
  async forgotPassword(@ValidBody() { email }: ForgotPasswordDto, @CurrentCaller() caller: Caller) {
    await this.resetRequests.mailLink(email, caller);
    return presentDone('Password reset link has been sent to your email');
  }

  @Post('reset-password')
  @HttpCode(200)
  @Documented(operations.resetPassword)
  async resetPassword(@ValidBody() { token, password }: ResetPasswordDto, @CurrentCaller() caller: Caller) {
    await this.passwordReset.reset(token, { password }, caller);
    return presentDone('Password has been reset');
  }

  @Post('verify-email')
  @Throttled('code')
  @HttpCode(200)
  @UseGuards(OptionalTokenGuard)
  @Documented(operations.verifyEmail)
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
  @Documented(operations.resendVerification)
  async resend(
    @ValidBody() { email }: ResendVerificationDto,
    @OptionalToken() accessToken: AccessToken | undefined,
    @CurrentCaller() caller: Caller,
  ) {
    await this.resending.resend({ accessToken, email: email ?? undefined }, caller);
    return presentDone('If this address awaits verification, another mail is on its way');
  }
}
