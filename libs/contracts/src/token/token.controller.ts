import { Controller, HttpCode, Post, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
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
import { FreshDto } from './dto/fresh.dto.js';
import { RefreshDto } from './dto/refresh.dto.js';
import { RegisterDto } from './dto/register.dto.js';
import { presentGrant, presentRegistered, presentVerified } from './token.present.js';

@ApiTags('token')
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
  @ApiOperation({ summary: 'Register a new user' })
  async register(@ValidBody() body: RegisterDto, @CurrentCaller() caller: Caller) {
    return presentRegistered(await this.registration.register(body.toAccount(), caller));
  }

  @Post('fresh')
  @Throttled('login', nameIn('username'))
  @HttpCode(200)
  @ApiOperation({ summary: 'Authenticate and get fresh tokens' })
  async fresh(@ValidBody() body: FreshDto, @CurrentCaller() caller: Caller) {
    return presentGrant(await this.login.logIn(body.toCredentials(), caller));
  }

  @Put('verify')
  @UseGuards(AccessTokenGuard)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Verify the access token' })
  verify(@CurrentToken() token: AccessToken) {
    return presentVerified(token);
  }

  @Put('revoke')
  @UseGuards(AccessTokenGuard)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Revoke the access token and the session that it belongs to' })
  async revoke(@CurrentToken() token: AccessToken, @CurrentCaller() caller: Caller) {
    await this.sessions.endCurrent(token, 'revoked', caller);
    return { revoked: true };
  }

  @Post('refresh')
  @Throttled('refresh', sessionIn())
  @HttpCode(200)
  @UseGuards(RefreshableTokenGuard)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Get new tokens by the refresh token; the access token may have expired' })
  async refresh(
    @CurrentToken() accessToken: AccessToken,
    @ValidBody() body: RefreshDto,
    @CurrentCaller() caller: Caller,
  ) {
    return presentGrant(await this.refreshing.refresh({ refreshToken: body.token, accessToken }, caller));
  }
}
