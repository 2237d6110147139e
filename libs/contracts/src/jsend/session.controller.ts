import { Controller, Headers, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, Login, Refresh, Registration, SessionManagement } from '@gatehouse/auth';
import {
  AccessTokenGuard,
  CurrentCaller,
  CurrentToken,
  nameIn,
  RefreshableTokenGuard,
  sessionIn,
  Throttled,
  ValidBody,
} from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import { LoginDto, RegisterDto } from './dto/jsend.dto.js';
import { presentLoggedOut, presentPair, presentRefreshed } from './jsend.present.js';

@ApiTags('jsend')
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
  @ApiOperation({ summary: 'Create an account and get its tokens' })
  async register(@ValidBody() body: RegisterDto, @CurrentCaller() caller: Caller) {
    return presentPair(await this.registration.registerAndLogIn(body.toAccount(), caller));
  }

  @Post('login')
  @Throttled('login', nameIn('email'))
  @HttpCode(200)
  @ApiOperation({ summary: 'Log in' })
  async login(@ValidBody() body: LoginDto, @CurrentCaller() caller: Caller) {
    return presentPair(await this.logins.logIn(body.toCredentials(), caller));
  }

  @Post('logout')
  @HttpCode(200)
  @UseGuards(AccessTokenGuard)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Log out: the session and its tokens are over' })
  async logout(@CurrentToken() token: AccessToken, @CurrentCaller() caller: Caller) {
    await this.sessions.endCurrent(token, 'logged_out', caller);
    return presentLoggedOut();
  }

  @Post('refresh_token')
  @Throttled('refresh', sessionIn())
  @HttpCode(200)
  @UseGuards(RefreshableTokenGuard)
  @ApiBearerAuth()
  @ApiHeader({ name: 'Refresh-Token', required: true, description: 'The refresh token, a UUID' })
  @ApiOperation({ summary: 'Get new tokens by the refresh token; the access token may have expired' })
  async refresh(
    @CurrentToken() accessToken: AccessToken,
    @Headers('refresh-token') refreshToken: string | undefined,
    @CurrentCaller() caller: Caller,
  ) {
    return presentRefreshed(await this.refreshing.refresh({ refreshToken, accessToken }, caller));
  }
}
