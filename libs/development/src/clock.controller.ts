import { Controller, Get, HttpCode, Logger, Post, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ValidBody } from '@gatehouse/contract-kit';
import { DevelopmentClock } from './development-clock.js';
import { presentClock } from './development.present.js';
import { AdvanceClockDto, ClockDto } from './dto/clock.dto.js';
import { ApiProblems } from './dto/problem.dto.js';
import { LoopbackGuard } from './loopback.guard.js';

/**
 * The time of this process. It goes forward alone: whoever turned it back would find tokens that were issued in the
 * future, locks that last for months, and no order among what was written. A reset, which leaves none of these, does.
 */
@ApiTags('dev')
@Controller('dev/clock')
@UseGuards(LoopbackGuard)
export class ClockController {
  private readonly logger = new Logger('Development');

  constructor(private readonly clock: DevelopmentClock) {}

  @Get()
  @ApiOperation({ operationId: 'getClock', summary: 'Tell the time by the turned clock' })
  @ApiOkResponse({ type: ClockDto })
  @ApiProblems(403)
  read() {
    return presentClock(this.clock);
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'advanceClock',
    summary: 'Turn the clock forward: whatever lives so long expires at once',
  })
  @ApiOkResponse({ type: ClockDto })
  @ApiProblems(400, 403, 413, 415)
  advance(@ValidBody() body: AdvanceClockDto) {
    this.clock.advance(body.toMs());
    this.logger.log({ event: 'clock_advanced', offsetMs: this.clock.offsetMs });
    return presentClock(this.clock);
  }
}
