import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import type { Act } from '@gatehouse/config';
import { ThrottleGuard } from './throttle.guard.js';
import { type Target, THROTTLED } from './throttled-route.js';

/** About whom a request is, where its body's `field` names an account or an address. */
export const nameIn = (field: string): Target => ({ by: 'name', field });

/** Which session a request is about: the Bearer token's, else that of the refresh token in the body's `field`. */
export const sessionIn = (field?: string): Target => ({ by: 'session', field });

/**
 * Counts the requests to a route and refuses those beyond the limits of `act` (docs/throttling.md). Stands above the
 * route's other guards, so that it runs behind them: they find out which application and which session calls.
 */
export const Throttled = (act: Act, target?: Target): MethodDecorator =>
  applyDecorators(SetMetadata(THROTTLED, { act, target }), UseGuards(ThrottleGuard));
