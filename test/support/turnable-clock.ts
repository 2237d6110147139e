import { Clock } from '@gatehouse/kernel';

/** A clock that a test turns instead of sleeping; SQL turns with it. */
export class TurnableClock extends Clock {
  offsetMs = 0;

  advance(ms: number): void {
    this.offsetMs += ms;
  }
}
