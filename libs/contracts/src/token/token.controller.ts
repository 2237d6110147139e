import { Controller, HttpCode, Post, Put, UseGuards } from '@nestjs/common';
import { type Caller, Login, Refresh, Registration, SessionManagement } from '@gatehouse/auth';
import {
  AccessTokenGuard,
  CurrentCaller,
  CurrentToken,
  Documented,
  nameIn,
  RefreshableTokenGuard,
  sessionIn,
  Throttled,
  ValidBody,
} from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import { FreshDto } from './dto/fresh.dto.js';
import { RefreshDto } from './dto/refresh.dto.js';
import { RegisterDto } from './dto/register.dto.js';
import * as operations from './token.openapi.js';
import { presentGrant, presentRegistered, presentRevoked, presentVerified } from './token.present.js';

@Controller('v1/auth/token')
export class TokenController {
  constructor(
    private readonly registration: Registration,
    private readonly login: Login,
    private readonly refreshing: Refresh,
    private readonly sessions: SessionManagement,
  ) {}

  @Post('register')
  @Throttled('register', nameIn('email'))
  @Documented(operations.register)
  async register(@ValidBody() body: RegisterDto, @CurrentCaller() caller: Caller) {
    return presentRegistered(await this.registration.register(body.toAccount(), caller));
  }

  @Post('fresh')
  @Throttled('login', nameIn('username'))
  @HttpCode(200)
  @Documented(operations.fresh)
  async fresh(@ValidBody() body: FreshDto, @CurrentCaller() caller: Caller) {
    return presentGrant(await this.login.logIn(body.toCredentials(), caller));
  }

  @Put('verify')
  @UseGuards(AccessTokenGuard)
  @Documented(operations.verify)
  verify(@CurrentToken() token: AccessToken) {
    return presentVerified(token);
  }

  @Put('revoke')
  @UseGuards(AccessTokenGuard)
  @Documented(operations.revoke)
  async revoke(@CurrentToken() token: AccessToken, @CurrentCaller() caller: Caller) {
    await this.sessions.endCurrent(token, 'revoked', caller);
    return presentRevoked();
  }

  @Post('refresh')
  @Throttled('refresh', sessionIn())
  @HttpCode(200)
  @UseGuards(RefreshableTokenGuard)
  @Documented(operations.refresh)
  async refresh(
    @CurrentToken() accessToken: AccessToken,
    @ValidBody() body: RefreshDto,
    @CurrentCaller() caller: Caller,
  ) {
    return presentGrant(await this.refreshing.refresh({ refreshToken: body.token, accessToken }, caller));
  }
}
