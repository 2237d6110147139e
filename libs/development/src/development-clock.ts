import { Clock, fieldFault } from '@gatehouse/kernel';

/** Ten years, as settings have it: far beyond whatever expires here, and dates stay those that every program reads. */
const MOST_MS = 3650 * 86_400_000;

/** The clock of development mode: a test turns it forward instead of waiting. One for each process. */
export class DevelopmentClock extends Clock {
  private turnedMs = 0;

  override get offsetMs(): number {
    return this.turnedMs;
  }

  /** It may be turned back to the real time at any moment. */
  override get lowestOffsetMs(): number {
    return 0;
  }

  /** Turns it forward. Throws AuthError `validation_failed` beyond ten years in all. */
  advance(ms: number): void {
    if (this.turnedMs + ms > MOST_MS)
      throw fieldFault(
        'advance',
        'would turn the clock more than 3650d ahead; POST /dev/reset turns it back',
      );
    this.turnedMs += ms;
  }

  /** Back to the real time: for when nothing is left that another time was written on. */
  turnBack(): void {
    this.turnedMs = 0;
  }
}
