import { DevelopmentClock } from '@gatehouse/development';

/** A clock that a test turns instead of sleeping; SQL turns with it. What has expired by it is removed at once. */
export class TurnableClock extends DevelopmentClock {
  override get lowestOffsetMs(): number {
    return this.offsetMs;
  }
}
