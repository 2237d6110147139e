import { Controller, Get, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, Profiles, SessionPasswordReset } from '@gatehouse/auth';
import {
  AccessTokenGuard,
  CurrentCaller,
  CurrentToken,
  RecentLoginGuard,
  ValidBody,
} from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import { ResetPasswordDto } from './dto/jsend.dto.js';
import { presentPair, presentUser } from './jsend.present.js';

@ApiTags('jsend')
@ApiBearerAuth()
@Controller('api/auth')
@UseGuards(AccessTokenGuard)
export class AccountController {
  constructor(
    private readonly profiles: Profiles,
    private readonly passwordReset: SessionPasswordReset,
  ) {}

  @Get('get_user')
  @ApiOperation({ summary: "The user's details" })
  async getUser(@CurrentToken() token: AccessToken) {
    return presentUser(await this.profiles.of(token));
  }

  @Put('reset_password')
  @UseGuards(RecentLoginGuard)
  @ApiOperation({ summary: 'Set a new password and get new tokens; all other sessions end' })
  async resetPassword(
    @CurrentToken() token: AccessToken,
    @ValidBody() { password }: ResetPasswordDto,
    @CurrentCaller() caller: Caller,
  ) {
    return presentPair(await this.passwordReset.reset(token, { password }, caller));
  }
}
