import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { Documented } from '@gatehouse/contract-kit';
import * as operations from './development.openapi.js';
import { LoopbackGuard } from './loopback.guard.js';
import { Reset } from './reset.service.js';

@Controller('dev/reset')
@UseGuards(LoopbackGuard)
export class ResetController {
  constructor(private readonly resetting: Reset) {}

  @Post()
  @HttpCode(204)
  @Documented(operations.resetService)
  async reset(): Promise<void> {
    await this.resetting.run();
  }
}
