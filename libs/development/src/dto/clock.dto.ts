import { ApiProperty } from '@nestjs/swagger';
import { duration } from '@gatehouse/config';
import { Duration } from './development-fields.js';

export class AdvanceClockDto {
  @Duration('How far to turn the clock forward, written as settings write durations', '16m')
  advance: string;

  toMs(): number {
    return duration(this.advance);
  }
}

/** What the service takes the time to be. */
export class ClockDto {
  @ApiProperty({
    format: 'date-time',
    description: 'The time by the turned clock',
    example: '2026-01-31T10:46:00.000Z',
  })
  now: string;

  @ApiProperty({
    type: 'integer',
    description: 'Milliseconds by which it is ahead of the real time',
    example: 960_000,
  })
  offsetMs: number;
}
