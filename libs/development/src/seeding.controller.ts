import { Controller, Post, UseGuards } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ValidBody } from '@gatehouse/contract-kit';
import { presentUser } from './development.present.js';
import { ApiProblems } from './dto/problem.dto.js';
import { SeedClientDto, SeededClientDto } from './dto/seed-client.dto.js';
import { SeededUserDto, SeedUserDto } from './dto/seed-user.dto.js';
import { LoopbackGuard } from './loopback.guard.js';
import { Seeding } from './seeding.service.js';

@ApiTags('dev')
@Controller('dev')
@UseGuards(LoopbackGuard)
@ApiProblems(400, 403, 409, 413, 415, 503)
export class SeedingController {
  constructor(private readonly seeding: Seeding) {}

  @Post('users')
  @ApiOperation({
    operationId: 'createUser',
    summary: 'Make an account of any status and role; nothing is mailed',
  })
  @ApiCreatedResponse({ type: SeededUserDto })
  async createUser(@ValidBody() body: SeedUserDto) {
    return presentUser(await this.seeding.createUser(body));
  }

  @Post('clients')
  @ApiOperation({ operationId: 'createClient', summary: 'Make a client application with a known secret' })
  @ApiCreatedResponse({ type: SeededClientDto })
  createClient(@ValidBody() body: SeedClientDto) {
    return this.seeding.createClient(body);
  }
}
