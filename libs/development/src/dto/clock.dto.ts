import { duration } from '@gatehouse/config';
import { Duration } from './development-fields.js';

export class AdvanceClockDto {
  @Duration('How far to turn the clock forward, written as settings write durations', '16m')
  advance: string;

  toMs(): number {
    return duration(this.advance);
  }
}
