import { Controller, Get, HttpCode, Param, Post, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Caller,
  EmailVerification,
  PasswordChange,
  PasswordReset,
  PasswordResetRequest,
  Profiles,
} from '@gatehouse/auth';
import { AccessTokenGuard, CurrentCaller, CurrentToken, Throttled, ValidBody } from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import { presentProfile, presentSuccess } from './camel.present.js';
import { ChangePasswordDto, PasswordResetConfirmDto, PasswordResetDto } from './dto/passwords.dto.js';

@ApiTags('camel')
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
  @ApiBearerAuth()
  @ApiOperation({ summary: "The user's profile" })
  async profile(@CurrentToken() token: AccessToken) {
    return presentProfile(await this.profiles.of(token));
  }

  @Put('change-password')
  @UseGuards(AccessTokenGuard)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Change the password; all other sessions end' })
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
  @ApiOperation({ summary: 'Mail a link that resets the password' })
  async requestReset(@ValidBody() { email }: PasswordResetDto, @CurrentCaller() caller: Caller) {
    await this.resetRequests.mailLinkOrSay(email, caller);
    return presentSuccess('Password reset instructions sent to your email');
  }

  @Post('password-reset/confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reset the password by a mailed link; all sessions end' })
  async confirmReset(
    @ValidBody() { token, newPassword }: PasswordResetConfirmDto,
    @CurrentCaller() caller: Caller,
  ) {
    await this.passwordReset.reset(token, { password: newPassword, field: 'newPassword' }, caller);
    return presentSuccess('Password reset successfully');
  }

  @Get('verify-email/:token')
  @ApiOperation({ summary: 'Verify the e-mail address by a mailed link' })
  async verifyEmail(@Param('token') token: string, @CurrentCaller() caller: Caller) {
    await this.verification.verifyByLink(token, caller);
    return presentSuccess('Email verified successfully');
  }
}
