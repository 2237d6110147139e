import { Controller, Get, HttpCode, Logger, Post, UseGuards } from '@nestjs/common';
import { Documented, ValidBody } from '@gatehouse/contract-kit';
import { DevelopmentClock } from './development-clock.js';
import { presentClock } from './development.present.js';
import { AdvanceClockDto } from './dto/clock.dto.js';
import * as operations from './development.openapi.js';
import { LoopbackGuard } from './loopback.guard.js';

/**
 * The time of this process. It goes forward alone: whoever turned it back would find tokens that were issued in the
 * future, locks that last for months, and no order among what was written. A reset, which leaves none of these, does.
 */
@Controller('dev/clock')
@UseGuards(LoopbackGuard)
export class ClockController {
  private readonly logger = new Logger('Development');

  constructor(private readonly clock: DevelopmentClock) {}

  @Get()
  @Documented(operations.readClock)
  read() {
    return presentClock(this.clock);
  }

  @Post()
  @HttpCode(200)
  @Documented(operations.advanceClock)
  advance(@ValidBody() body: AdvanceClockDto) {
    this.clock.advance(body.toMs());
    this.logger.log({ event: 'clock_advanced', offsetMs: this.clock.offsetMs });
    return presentClock(this.clock);
  }
}
