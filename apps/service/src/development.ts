import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DevelopmentModule, Seeds } from '@gatehouse/development';

export { developmentBanner } from './banner.js';

/** What development mode adds to the service. Loaded by main.ts in that mode alone. */
export const EXTRAS = [DevelopmentModule];

/** Makes development's account and applications where they are missing. */
export const plant = (nest: NestFastifyApplication): Promise<void> =>
  nest.get(Seeds, { strict: false }).plant();
