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
import * as operations from './camel.openapi.js';
import { presentGrant, presentSuccess } from './camel.present.js';
import { LoginDto } from './dto/login.dto.js';
import { RegisterDto } from './dto/register.dto.js';
import { RefreshDto } from './dto/tokens.dto.js';

@Controller('api/v1/auth')
export class SessionController {
  constructor(
    private readonly registration: Registration,
    private readonly logins: Login,
    private readonly refreshing: Refresh,
    private readonly sessions: SessionManagement,
  ) {}

  @Post('register')
  @Throttled('register', nameIn('email'))
  @Documented(operations.register)
  async register(@ValidBody() body: RegisterDto, @CurrentCaller() caller: Caller) {
    return presentGrant(await this.registration.registerAndLogIn(body.toAccount(), caller));
  }

  @Post('login')
  @Throttled('login', nameIn('username'))
  @HttpCode(200)
  @Documented(operations.login)
  async login(@ValidBody() body: LoginDto, @CurrentCaller() caller: Caller) {
    return presentGrant(await this.logins.logIn(body.toCredentials(), caller));
  }

  @Post('refresh')
  @Throttled('refresh', sessionIn('refreshToken'))
  @HttpCode(200)
  @Documented(operations.refresh)
  async refresh(@ValidBody() { refreshToken }: RefreshDto, @CurrentCaller() caller: Caller) {
    return presentGrant(await this.refreshing.refresh({ refreshToken }, caller));
  }

  @Post('logout')
  @HttpCode(200)
  @UseGuards(AccessTokenGuard)
  @Documented(operations.logout)
  async logout(@CurrentToken() token: AccessToken, @CurrentCaller() caller: Caller) {
    await this.sessions.endCurrent(token, 'logged_out', caller);
    return presentSuccess('Successfully logged out');
  }
}
