import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from './dto/problem.dto.js';
import { LoopbackGuard } from './loopback.guard.js';
import { Reset } from './reset.service.js';

@ApiTags('dev')
@Controller('dev/reset')
@UseGuards(LoopbackGuard)
export class ResetController {
  constructor(private readonly resetting: Reset) {}

  @Post()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'resetService',
    summary:
      "Remove all accounts, sessions, applications and mails, plant development's own, turn the clock back",
  })
  @ApiNoContentResponse({ description: 'All is as at the first start, and every earlier token is refused' })
  @ApiProblems(403, 503)
  async reset(): Promise<void> {
    await this.resetting.run();
  }
}
