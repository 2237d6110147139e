import { Controller, Get, Put, UseGuards } from '@nestjs/common';
import { type Caller, Profiles, SessionPasswordReset } from '@gatehouse/auth';
import {
  AccessTokenGuard,
  CurrentCaller,
  CurrentToken,
  RecentLoginGuard,
  Documented,
  ValidBody,
} from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import { ResetPasswordDto } from './dto/jsend.dto.js';
import * as operations from './jsend.openapi.js';
import { presentPair, presentUser } from './jsend.present.js';

@Controller('api/auth')
@UseGuards(AccessTokenGuard)
export class AccountController {
  constructor(
    private readonly profiles: Profiles,
    private readonly passwordReset: SessionPasswordReset,
  ) {}

  @Get('get_user')
  @Documented(operations.getUser)
  async getUser(@CurrentToken() token: AccessToken) {
    return presentUser(await this.profiles.of(token));
  }

  @Put('reset_password')
  @UseGuards(RecentLoginGuard)
  @Documented(operations.resetPassword)
  async resetPassword(
    @CurrentToken() token: AccessToken,
    @ValidBody() { password }: ResetPasswordDto,
    @CurrentCaller() caller: Caller,
  ) {
    return presentPair(await this.passwordReset.reset(token, { password }, caller));
  }
}
