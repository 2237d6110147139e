import { Controller, Get, Patch, UseGuards } from '@nestjs/common';
import { Profiles } from '@gatehouse/auth';
import { AccessTokenGuard, CurrentToken, Documented, ValidBody } from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import { UpdateUserDto } from './dto/user.dto.js';
import * as operations from './snake.openapi.js';
import { presentUpdated, presentUser } from './snake.present.js';

@Controller('api/users')
@UseGuards(AccessTokenGuard)
export class UsersController {
  constructor(private readonly profiles: Profiles) {}

  @Get('me')
  @Documented(operations.getUser)
  async me(@CurrentToken() token: AccessToken) {
    return presentUser(await this.profiles.of(token));
  }

  @Patch('me')
  @Documented(operations.updateUser)
  async update(@CurrentToken() token: AccessToken, @ValidBody() body: UpdateUserDto) {
    return presentUpdated(await this.profiles.update(token, body.toChanges()));
  }
}
