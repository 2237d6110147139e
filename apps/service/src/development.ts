import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DevelopmentClock, DevelopmentModule, Seeds } from '@gatehouse/development';
import type { Clock } from '@gatehouse/kernel';

export { developmentBanner } from './banner.js';

/** What development mode adds to the service. Loaded by main.ts in that mode alone. */
export const EXTRAS = [DevelopmentModule];

/** A clock that can be turned. */
export const makeClock = (): Clock => new DevelopmentClock();

/** Makes development's account and applications where they are missing. */
export const plant = (nest: NestFastifyApplication): Promise<void> =>
  nest.get(Seeds, { strict: false }).plant();
