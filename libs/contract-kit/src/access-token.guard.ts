import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { AuthError } from '@gatehouse/kernel';
import { SessionUse } from '@gatehouse/sessions';
import { type AccessToken, AccessTokens } from '@gatehouse/tokens';
import { type Verify, VERIFY } from './access-token.strategy.js';
import { bearerOf } from './bearer.js';
import { Refuses } from './openapi/guard-facts.js';
import { requestOf } from './request-of.js';

const TOKEN = ['access_token_invalid', 'access_token_revoked'] as const;

type Guarded = FastifyRequest & { user?: AccessToken; [VERIFY]?: Verify };

/**
 * Demands a Bearer token that is valid now; its content is the `@CurrentToken()`. This is what API gateways and front
 * ends ask before each of their own requests, so it asks the one verification directly: Passport, which does the same in
 * a dozen steps for the two guards below, takes as long as all the rest of a validation.
 */
@Refuses({ refusals: ['access_token_missing', ...TOKEN, 'access_token_expired'], demands: ['Bearer'] })
@Injectable()
export class AccessTokenGuard implements CanActivate {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly use: SessionUse,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf<Guarded>(context);
    const token = bearerOf(request);
    if (token === null) throw new AuthError('access_token_missing');
    const content = await this.accessTokens.verify(token);
    this.use.note(content.sessionId, request.ip);
    request.user = content;
    return true;
  }
}

/** What the other guards share: Passport asks the guard's own verification, and its refusal goes on to the filter unchanged. */
abstract class PassportGuard extends AuthGuard('access-token') {
  protected abstract readonly verify: Verify;

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf<Guarded>(context);
    const token = bearerOf(request);
    if (token === null) return this.withoutToken();
    // passport-jwt takes an empty token for none at all, and reports that by an error of its own.
    if (token === '') throw new AuthError('access_token_invalid');
    request[VERIFY] = this.verify;
    return (await super.canActivate(context)) as boolean;
  }

  override handleRequest<T>(error: unknown, token: T | false, info: unknown): T {
    if (token && !error) return token;
    const reason = error ?? info;
    throw reason instanceof Error ? reason : new AuthError('access_token_invalid', { cause: reason });
  }

  protected withoutToken(): boolean {
    throw new AuthError('access_token_missing');
  }
}

/** Demands a Bearer token that is valid but for its expiry. */
@Refuses({ refusals: ['access_token_missing', ...TOKEN], demands: ['Bearer'] })
@Injectable()
export class RefreshableTokenGuard extends PassportGuard {
  protected readonly verify: Verify;

  constructor(accessTokens: AccessTokens) {
    super();
    this.verify = (token) => accessTokens.verifyForRefresh(token);
  }
}

/** Lets a request without a Bearer token through; one that is sent must be valid now. */
@Refuses({ refusals: [...TOKEN, 'access_token_expired'], takes: ['Bearer'] })
@Injectable()
export class OptionalTokenGuard extends PassportGuard {
  protected readonly verify: Verify;

  constructor(
    accessTokens: AccessTokens,
    private readonly use: SessionUse,
  ) {
    super();
    this.verify = (token) => accessTokens.verify(token);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const admitted = await super.canActivate(context);
    const { user, ip } = requestOf<Guarded>(context);
    if (user) this.use.note(user.sessionId, ip);
    return admitted;
  }

  protected override withoutToken(): boolean {
    return true;
  }
}
