import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerModuleOptions,
  type ThrottlerRequest,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import { AuthError } from '@gatehouse/kernel';
import { Throttle } from '@gatehouse/guessing';
import { Refuses } from '../openapi/guard-facts.js';
import { requestOf } from '../request-of.js';
import { NOBODY, routeOf } from './trackers.js';

const COUNTS = Symbol('counts');

interface Counted {
  [COUNTS]?: Record<string, string>;
}

/**
 * The library's guard, but for how it counts: that would ask the store once for each scope, one after the other, and
 * count against one scope what another refuses. Here the library finds whom a request is counted for, and one round
 * trip decides over all scopes. Throws AuthError `too_many_requests`.
 */
@Refuses({ refusals: ['too_many_requests'] })
@Injectable()
export class ThrottleGuard extends ThrottlerGuard {
  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() storage: ThrottlerStorage,
    reflector: Reflector,
    private readonly throttle: Throttle,
  ) {
    super(options, storage, reflector);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.commonOptions.skipIf?.(context)) return true;
    const counts: Record<string, string> = {};
    requestOf<Counted>(context)[COUNTS] = counts;
    await super.canActivate(context);
    const refusal = await this.throttle.take(routeOf(context).act, counts);
    if (refusal) throw new AuthError('too_many_requests', { retryAfter: refusal.retryAfter });
    return true;
  }

  /** Notes whom the request is counted for in one scope. */
  protected override async handleRequest({
    context,
    throttler,
    getTracker,
  }: ThrottlerRequest): Promise<boolean> {
    const request = requestOf<Counted>(context);
    const tracker = await getTracker(request as Record<string, unknown>, context);
    if (tracker !== NOBODY) (request[COUNTS] as Record<string, string>)[throttler.name as string] = tracker;
    return true;
  }
}
