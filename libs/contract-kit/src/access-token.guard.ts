import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { AuthError } from '@gatehouse/kernel';
import { bearerOf } from './bearer.js';

/** Passport reports a refusal of the verification function as `info`; it goes on to the filter unchanged. */
function outcome<T>(error: unknown, token: T | false, info: unknown): T {
  if (token && !error) return token;
  const reason = error ?? info;
  throw reason instanceof Error ? reason : new AuthError('access_token_invalid', { cause: reason });
}

function demandBearer(context: ExecutionContext): void {
  const token = bearerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (token === null) throw new AuthError('access_token_missing');
  // passport-jwt takes an empty token for none at all, and reports that by an error of its own.
  if (token === '') throw new AuthError('access_token_invalid');
}

/** Demands a Bearer token that is valid now; its content is the `@CurrentToken()`. */
@Injectable()
export class AccessTokenGuard extends AuthGuard('access-token') {
  override canActivate(context: ExecutionContext) {
    demandBearer(context);
    return super.canActivate(context);
  }

  override handleRequest<T>(error: unknown, token: T | false, info: unknown): T {
    return outcome(error, token, info);
  }
}

/** Demands a Bearer token that is valid but for its expiry. */
@Injectable()
export class RefreshableTokenGuard extends AuthGuard('refreshable-access-token') {
  override canActivate(context: ExecutionContext) {
    demandBearer(context);
    return super.canActivate(context);
  }

  override handleRequest<T>(error: unknown, token: T | false, info: unknown): T {
    return outcome(error, token, info);
  }
}

/** Lets a request without a Bearer token through; one that is sent must be valid now. */
@Injectable()
export class OptionalTokenGuard extends AuthGuard('access-token') {
  override canActivate(context: ExecutionContext) {
    const absent = bearerOf(context.switchToHttp().getRequest<FastifyRequest>()) === null;
    return absent || super.canActivate(context);
  }

  override handleRequest<T>(error: unknown, token: T | false, info: unknown): T {
    return outcome(error, token, info);
  }
}
