import { Controller, Post, UseGuards } from '@nestjs/common';
import { Documented, ValidBody } from '@gatehouse/contract-kit';
import { presentUser } from './development.present.js';
import { SeedClientDto } from './dto/seed-client.dto.js';
import { SeedUserDto } from './dto/seed-user.dto.js';
import * as operations from './development.openapi.js';
import { LoopbackGuard } from './loopback.guard.js';
import { Seeding } from './seeding.service.js';

@Controller('dev')
@UseGuards(LoopbackGuard)
export class SeedingController {
  constructor(private readonly seeding: Seeding) {}

  @Post('users')
  @Documented(operations.createUser)
  async createUser(@ValidBody() body: SeedUserDto) {
    return presentUser(await this.seeding.createUser(body));
  }

  @Post('clients')
  @Documented(operations.createClient)
  createClient(@ValidBody() body: SeedClientDto) {
    return this.seeding.createClient(body);
  }
}
