import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Applications } from '@gatehouse/auth';
import type { ClientApplication } from '@gatehouse/clients';
import { Refuses } from './openapi/guard-facts.js';
import { requestOf } from './request-of.js';

/** What the guard leaves on the request. */
export interface WithApplication {
  clientApplication?: ClientApplication;
  channel?: string;
}

/** A header that was sent twice arrives as both values joined, and so names nothing that exists. */
const headerOf = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** Demands the headers `Api-Token`, of a client application, and `channel`, one that it may use. */
@Refuses({ refusals: ['client_unknown', 'channel_refused'], demands: ['Api-Token', 'channel'] })
@Injectable()
export class ApiTokenGuard implements CanActivate {
  constructor(private readonly applications: Applications) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf<FastifyRequest & WithApplication>(context);
    const channel = headerOf(request, 'channel');
    request.clientApplication = await this.applications.identify(headerOf(request, 'api-token'), channel);
    request.channel = channel;
    return true;
  }
}
