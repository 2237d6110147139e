import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { type Caller, Login, Refresh, Registration, SessionManagement } from '@gatehouse/auth';
import {
  AccessTokenGuard,
  ApiTokenGuard,
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
import * as operations from './channel.openapi.js';
import { presentDone, presentLogin, presentRefreshed, presentRegistration } from './channel.present.js';
import { LoginDto, RegisterDto } from './dto/session.dto.js';

@Controller('api/auth')
@UseGuards(ApiTokenGuard)
export class SessionController {
  constructor(
    private readonly logins: Login,
    private readonly registration: Registration,
    private readonly refreshing: Refresh,
    private readonly sessions: SessionManagement,
  ) {}

  @Post('login')
  @Throttled('login', nameIn('email'))
  @HttpCode(200)
  @Documented(operations.login)
  async login(@ValidBody() body: LoginDto, @CurrentCaller() caller: Caller) {
    return presentLogin(await this.logins.logIn(body.toCredentials(), caller));
  }

  @Post('register')
  @Throttled('register', nameIn('email'))
  @Documented(operations.register)
  async register(@ValidBody() body: RegisterDto, @CurrentCaller() caller: Caller) {
    return presentRegistration(await this.registration.registerAndLogIn(body.toAccount(), caller));
  }

  @Post('logout')
  @HttpCode(200)
  @UseGuards(AccessTokenGuard)
  @Documented(operations.logout)
  async logout(@CurrentToken() token: AccessToken, @CurrentCaller() caller: Caller) {
    await this.sessions.endCurrent(token, 'logged_out', caller);
    return presentDone('Logout successful');
  }

  @Post('refresh-token')
  @Throttled('refresh', sessionIn())
  @HttpCode(200)
  @UseGuards(RefreshableTokenGuard)
  @Documented(operations.refreshToken)
  async refresh(@CurrentToken() accessToken: AccessToken, @CurrentCaller() caller: Caller) {
    return presentRefreshed(await this.refreshing.refresh({ accessToken }, caller));
  }
}
