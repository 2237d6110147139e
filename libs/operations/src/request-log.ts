import type { FastifyInstance } from 'fastify';
import type { PinoLogger } from './pino-logger.js';

/** What JSON writes as it is: all that ids, routes and addresses consist of. */
const PLAIN = /^[\w:/.*-]*$/;
const spell = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

/**
 * One line for each request. It names the route's pattern, never the URL: a path may hold a mailed token, and a query
 * whatever the client put there. Neither headers nor bodies are ever logged.
 */
export function logRequests(fastify: FastifyInstance, logger: PinoLogger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { url: route } = request.routeOptions;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    logger.spelled(
      `"event":"request","requestId":${spell(request.id)},"method":${spell(request.method)},"route":${route === undefined ? 'null' : spell(route)},"status":${reply.statusCode},"ms":${ms},"ip":${spell(request.ip)}`,
    );
    done();
  });
}
