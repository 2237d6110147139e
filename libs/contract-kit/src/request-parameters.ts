import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '@gatehouse/auth';
import { storableUserAgent } from '@gatehouse/sessions';
import type { AccessToken } from '@gatehouse/tokens';
import type { WithApplication } from './api-token.guard.js';
import { contractOf } from './contract.js';
import { requestOf } from './request-of.js';

type Request = FastifyRequest & WithApplication & { user?: AccessToken };

/** The access token that the route's guard let in. */
export const CurrentToken = createParamDecorator((_: unknown, context: ExecutionContext): AccessToken => {
  const { user } = requestOf<Request>(context);
  if (!user) throw new Error('@CurrentToken() on a route without an access token guard');
  return user;
});

/** The access token that was sent, if any. */
export const OptionalToken = createParamDecorator(
  (_: unknown, context: ExecutionContext): AccessToken | undefined => requestOf<Request>(context).user,
);

/** Who calls, through which contract, from which device. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const request = requestOf<Request>(context);
  const { id, refresh } = contractOf(context.getClass());
  return {
    requestId: request.id,
    device: { ip: request.ip, userAgent: storableUserAgent(request.headers['user-agent']) },
    origin: {
      contract: id,
      clientId: request.clientApplication?.id ?? null,
      channel: request.channel ?? null,
      refresh,
    },
    application: request.clientApplication ?? null,
  };
});
