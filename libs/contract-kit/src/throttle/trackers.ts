import type { ExecutionContext } from '@nestjs/common';
import type { ThrottlerModuleOptions } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import type { Config } from '@gatehouse/config';
import { networkOf, type Throttle } from '@gatehouse/guessing';
import { type AccessToken, type RefreshTokens } from '@gatehouse/tokens';
import { loginKey } from '@gatehouse/users';
import type { WithApplication } from '../api-token.guard.js';
import { type Target, THROTTLED, type ThrottledRoute } from './throttled-route.js';

type Request = FastifyRequest & WithApplication & { user?: AccessToken };
type Tracker = (request: Record<string, unknown>, context: ExecutionContext) => string | Promise<string>;

/** What a tracker gives where a request has nothing to be counted by in its scope. */
export const NOBODY = '';

/** The library's options: one throttler for each scope, which says whom a request is counted for. */
export function throttlers(
  { throttle: { on } }: Config,
  throttle: Throttle,
  refreshTokens: RefreshTokens,
): ThrottlerModuleOptions {
  const targets = new Targets(throttle, refreshTokens);
  const scope = (
    name: string,
    tracker: (request: Request, route: ThrottledRoute) => string | Promise<string>,
  ) => ({
    name,
    // The limits are several for each scope and act: `Throttle` knows them.
    limit: 0,
    ttl: 0,
    getTracker: ((request, context) =>
      tracker(request as unknown as Request, routeOf(context))) satisfies Tracker,
  });
  return {
    skipIf: () => !on,
    storage: {
      increment: () => Promise.reject(new Error('one limit at a time is not how requests are counted')),
    },
    throttlers: [
      scope('network', ({ ip }) => networkOf(ip)),
      scope('client', ({ clientApplication }) => clientApplication?.id ?? NOBODY),
      scope('target', (request, { target }) => (target ? targets.of(target, request) : NOBODY)),
    ],
  };
}

export const routeOf = (context: ExecutionContext): ThrottledRoute =>
  Reflect.getMetadata(THROTTLED, context.getHandler()) as ThrottledRoute;

/** Reads about whom a request is, before anything of it has been validated. */
class Targets {
  constructor(
    private readonly throttle: Throttle,
    private readonly refreshTokens: RefreshTokens,
  ) {}

  of(target: Target, request: Request): string | Promise<string> {
    const { field } = target;
    const value = field === undefined ? undefined : (request.body as Record<string, unknown> | null)?.[field];
    const text = typeof value === 'string' ? value : undefined;
    return target.by === 'name' ? this.name(text, request) : this.session(text, request);
  }

  /** Together with the network: else whoever knows a name could keep its owner out. */
  private name(name: string | undefined, { ip }: Request): string {
    return name === undefined ? NOBODY : `${this.throttle.disguise(loginKey(name).key)} ${networkOf(ip)}`;
  }

  /** By a signature of ours alone: else whoever knows a session's id could keep its owner from refreshing it. */
  private async session(token: string | undefined, { user }: Request): Promise<string> {
    if (user) return user.sessionId;
    if (token === undefined) return NOBODY;
    return this.refreshTokens.verify(token).then(
      ({ sessionId }) => sessionId,
      () => NOBODY,
    );
  }
}
