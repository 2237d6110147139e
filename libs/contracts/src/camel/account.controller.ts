import { Controller, Get, HttpCode, Param, Post, Put, UseGuards } from '@nestjs/common';
import {
  type Caller,
  EmailVerification,
  PasswordChange,
  PasswordReset,
  PasswordResetRequest,
  Profiles,
} from '@gatehouse/auth';
import {
  AccessTokenGuard,
  CurrentCaller,
  CurrentToken,
  Throttled,
  Documented,
  ValidBody,
} from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import * as operations from './camel.openapi.js';
import { presentProfile, presentSuccess } from './camel.present.js';
import { ChangePasswordDto, PasswordResetConfirmDto, PasswordResetDto } from './dto/passwords.dto.js';

@Controller('api/v1/auth')
export class AccountController {
  constructor(
    private readonly profiles: Profiles,
    private readonly passwordChange: PasswordChange,
    private readonly resetRequests: PasswordResetRequest,
    private readonly passwordReset: PasswordReset,
    private readonly verification: EmailVerification,
  ) {}

  @Get('profile')
  @UseGuards(AccessTokenGuard)
  @Documented(operations.profile)
  async profile(@CurrentToken() token: AccessToken) {
    return presentProfile(await this.profiles.of(token));
  }

  @Put('change-password')
  @UseGuards(AccessTokenGuard)
  @Documented(operations.changePassword)
  async changePassword(
    @CurrentToken() token: AccessToken,
    @ValidBody() body: ChangePasswordDto,
    @CurrentCaller() caller: Caller,
  ) {
    await this.passwordChange.change(
      token,
      { current: body.currentPassword, next: { password: body.newPassword, field: 'newPassword' } },
      caller,
    );
    return presentSuccess('Password changed successfully');
  }

  @Post('password-reset')
  @Throttled('mail')
  @HttpCode(200)
  @Documented(operations.requestPasswordReset)
  async requestReset(@ValidBody() { email }: PasswordResetDto, @CurrentCaller() caller: Caller) {
    await this.resetRequests.mailLinkOrSay(email, caller);
    return presentSuccess('Password reset instructions sent to your email');
  }

  @Post('password-reset/confirm')
  @HttpCode(200)
  @Documented(operations.confirmPasswordReset)
  async confirmReset(
    @ValidBody() { token, newPassword }: PasswordResetConfirmDto,
    @CurrentCaller() caller: Caller,
  ) {
    await this.passwordReset.reset(token, { password: newPassword, field: 'newPassword' }, caller);
    return presentSuccess('Password reset successfully');
  }

  @Get('verify-email/:token')
  @Documented(operations.verifyEmail)
  async verifyEmail(@Param('token') token: string, @CurrentCaller() caller: Caller) {
    await this.verification.verifyByLink(token, caller);
    return presentSuccess('Email verified successfully');
  }
}
