import type { FastifyInstance } from 'fastify';
import type { PinoLogger } from './pino-logger.js';

/**
 * One line for each request. It names the route's pattern, never the URL: a path may hold a mailed token, and a query
 * whatever the client put there. Neither headers nor bodies are ever logged.
 */
export function logRequests(fastify: FastifyInstance, logger: PinoLogger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { url: route } = request.routeOptions;
    logger.plain({
      event: 'request',
      requestId: request.id,
      method: request.method,
      route: route ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ip: request.ip,
    });
    done();
  });
}
