import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { type Caller, Login, Refresh, Registration, SessionManagement } from '@gatehouse/auth';
import {
  AccessTokenGuard,
  CurrentCaller,
  CurrentToken,
  nameIn,
  sessionIn,
  Throttled,
  Documented,
  ValidBody,
} from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import { LoginDto, RefreshDto, RegisterDto } from './dto/session.dto.js';
import * as operations from './snake.openapi.js';
import { presentLoggedOut, presentLogin, presentRefreshed, presentRegistered } from './snake.present.js';

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
    return presentRegistered(await this.registration.register(body.toAccount(), caller));
  }

  @Post('login')
  @Throttled('login', nameIn('email'))
  @HttpCode(200)
  @Documented(operations.login)
  async login(@ValidBody() body: LoginDto, @CurrentCaller() caller: Caller) {
    return presentLogin(await this.logins.logIn(body.toCredentials(), caller));
  }

  @Post('refresh')
  @Throttled('refresh', sessionIn('refresh_token'))
  @HttpCode(200)
  @Documented(operations.refresh)
  async refresh(@ValidBody() { refresh_token: refreshToken }: RefreshDto, @CurrentCaller() caller: Caller) {
    return presentRefreshed(await this.refreshing.refresh({ refreshToken }, caller), refreshToken);
  }

  @Post('logout')
  @HttpCode(200)
  @UseGuards(AccessTokenGuard)
  @Documented(operations.logout)
  async logout(@CurrentToken() token: AccessToken, @CurrentCaller() caller: Caller) {
    await this.sessions.endCurrent(token, 'logged_out', caller);
    return presentLoggedOut();
  }
}
