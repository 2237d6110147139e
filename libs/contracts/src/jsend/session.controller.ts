import { Controller, Headers, HttpCode, Post, UseGuards } from '@nestjs/common';
import { type Caller, Login, Refresh, Registration, SessionManagement } from '@gatehouse/auth';
import {
  AccessTokenGuard,
  CurrentCaller,
  CurrentToken,
  nameIn,
  RefreshableTokenGuard,
  sessionIn,
  Throttled,
  Documented,
  ValidBody,
} from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import { LoginDto, RegisterDto } from './dto/jsend.dto.js';
import * as operations from './jsend.openapi.js';
import { presentLoggedOut, presentPair, presentRefreshed } from './jsend.present.js';

@Controller('api/auth')
export class SessionController {
  constructor(
    private readonly registration: Registration,
    private readonly logins: Login,
    private readonly refreshing: Refresh,
    private readonly sessions: SessionManagement,
  ) {}

  @Post('register')
  @Throttled('register', nameIn('email'))
  @HttpCode(200)
  @Documented(operations.register)
  async register(@ValidBody() body: RegisterDto, @CurrentCaller() caller: Caller) {
    return presentPair(await this.registration.registerAndLogIn(body.toAccount(), caller));
  }

  @Post('login')
  @Throttled('login', nameIn('email'))
  @HttpCode(200)
  @Documented(operations.login)
  async login(@ValidBody() body: LoginDto, @CurrentCaller() caller: Caller) {
    return presentPair(await this.logins.logIn(body.toCredentials(), caller));
  }

  @Post('logout')
  @HttpCode(200)
  @UseGuards(AccessTokenGuard)
  @Documented(operations.logout)
  async logout(@CurrentToken() token: AccessToken, @CurrentCaller() caller: Caller) {
    await this.sessions.endCurrent(token, 'logged_out', caller);
    return presentLoggedOut();
  }

  @Post('refresh_token')
  @Throttled('refresh', sessionIn())
  @HttpCode(200)
  @UseGuards(RefreshableTokenGuard)
  @Documented(operations.refreshToken)
  async refresh(
    @CurrentToken() accessToken: AccessToken,
    @Headers('refresh-token') refreshToken: string | undefined,
    @CurrentCaller() caller: Caller,
  ) {
    return presentRefreshed(await this.refreshing.refresh({ refreshToken, accessToken }, caller));
  }
}
