import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, Login, Refresh, Registration, SessionManagement } from '@gatehouse/auth';
import {
  AccessTokenGuard,
  CurrentCaller,
  CurrentToken,
  nameIn,
  sessionIn,
  Throttled,
  ValidBody,
} from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import { presentGrant, presentSuccess } from './camel.present.js';
import { LoginDto } from './dto/login.dto.js';
import { RegisterDto } from './dto/register.dto.js';
import { RefreshDto } from './dto/tokens.dto.js';

@ApiTags('camel')
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
  @ApiOperation({ summary: 'Create an account and get its tokens' })
  async register(@ValidBody() body: RegisterDto, @CurrentCaller() caller: Caller) {
    return presentGrant(await this.registration.registerAndLogIn(body.toAccount(), caller));
  }

  @Post('login')
  @Throttled('login', nameIn('username'))
  @HttpCode(200)
  @ApiOperation({ summary: 'Log in' })
  async login(@ValidBody() body: LoginDto, @CurrentCaller() caller: Caller) {
    return presentGrant(await this.logins.logIn(body.toCredentials(), caller));
  }

  @Post('refresh')
  @Throttled('refresh', sessionIn('refreshToken'))
  @HttpCode(200)
  @ApiOperation({ summary: 'Get new tokens by the refresh token' })
  async refresh(@ValidBody() { refreshToken }: RefreshDto, @CurrentCaller() caller: Caller) {
    return presentGrant(await this.refreshing.refresh({ refreshToken }, caller));
  }

  @Post('logout')
  @HttpCode(200)
  @UseGuards(AccessTokenGuard)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Log out: the session and its tokens are over' })
  async logout(@CurrentToken() token: AccessToken, @CurrentCaller() caller: Caller) {
    await this.sessions.endCurrent(token, 'logged_out', caller);
    return presentSuccess('Successfully logged out');
  }
}
