import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Refuses } from '@gatehouse/contract-kit';
import { AuthError } from '@gatehouse/kernel';

const LOOPBACK_ADDRESS = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
const LOOPBACK_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Development's tools answer this machine alone. The address is not enough: a page of any site can make the
 * developer's own browser ask, by its own name that resolves to 127.0.0.1 (`Host`) or across origins (`Origin`).
 */
@Refuses({ refusals: ['forbidden'] })
@Injectable()
export class LoopbackGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers, socket } = context.switchToHttp().getRequest<FastifyRequest>();
    const here =
      LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '') &&
      LOOPBACK_HOST.test(headers.host ?? '') &&
      (headers.origin === undefined || LOOPBACK_ORIGIN.test(headers.origin));
    if (!here) throw new AuthError('forbidden');
    return true;
  }
}
