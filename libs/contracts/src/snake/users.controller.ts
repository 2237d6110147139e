import { Controller, Get, Patch, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Profiles } from '@gatehouse/auth';
import { AccessTokenGuard, CurrentToken, ValidBody } from '@gatehouse/contract-kit';
import type { AccessToken } from '@gatehouse/tokens';
import { UpdateUserDto } from './dto/user.dto.js';
import { presentUser } from './snake.present.js';

@ApiTags('snake')
@ApiBearerAuth()
@Controller('api/users')
@UseGuards(AccessTokenGuard)
export class UsersController {
  constructor(private readonly profiles: Profiles) {}

  @Get('me')
  @ApiOperation({ summary: 'The user' })
  async me(@CurrentToken() token: AccessToken) {
    return presentUser('Ok', await this.profiles.of(token));
  }

  @Patch('me')
  @ApiOperation({ summary: "Change the user's names and image" })
  async update(@CurrentToken() token: AccessToken, @ValidBody() body: UpdateUserDto) {
    return presentUser('Updated', await this.profiles.update(token, body.toChanges()));
  }
}
