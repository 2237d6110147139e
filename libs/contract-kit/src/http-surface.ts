import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { AuthError } from '@gatehouse/kernel';
import { AllowedMethods } from './allowed-methods.js';
import { installAnswerDeadline } from './answer-deadline.js';
import { installBodyParsers } from './body-parsers.js';
import type { Contract } from './contract.js';
import { ContractFilter } from './contract.filter.js';
import { rewriteUrl, type RootTable } from './resolve-contract.js';
import { allowSwaggerUi, commonHeaders } from './security-headers.js';

/** The largest body that is read. */
export const BODY_LIMIT = 64 * 1024;

/** A request id that a proxy gave is kept where it is harmless to log. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

const mayBeLarge = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > BODY_LIMIT;

/**
 * Fastify as every contract needs it, and the filter that formats what it refuses.
 * @param https whether clients reach the service by TLS
 * @param onUnroutable told of requests that the router refused by themselves, once answered: no hook sees those
 */
export function createHttpSurface(
  contracts: readonly Contract[],
  table: RootTable,
  https: boolean,
  onUnroutable: (request: FastifyRequest, reply: FastifyReply) => void = () => undefined,
): { adapter: FastifyAdapter; filter: ContractFilter } {
  const allowed = new AllowedMethods();
  const setCommonHeaders = commonHeaders(https);
  const filter = new ContractFilter(contracts, allowed);
  const options: FastifyServerOptions = {
    bodyLimit: BODY_LIMIT,
    rewriteUrl: (request) => rewriteUrl(request.url ?? '/', request.headers, table),
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    // The router refuses malformed URLs before any hook or filter runs.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      setCommonHeaders(request, reply);
      filter.answer(error, request, reply);
      onUnroutable(request, reply);
    },
    routerOptions: { maxParamLength: 1_000 },
  };
  const adapter = new FastifyAdapter(options);
  const fastify = adapter.getInstance<FastifyInstance>();
  allowed.watch(fastify);
  allowSwaggerUi(fastify);
  installBodyParsers(fastify, new Set(contracts.filter(({ readsForms }) => readsForms).map(({ id }) => id)));
  fastify.addHook('onRequest', (request, reply, done) => {
    setCommonHeaders(request, reply);
    // Before the body is read: that there is nothing here comes before what is wrong with the body.
    if (!request.is404) return done();
    // Nor is it read afterwards: what a connection still brings would be taken to its end.
    if (mayBeLarge(request)) reply.header('connection', 'close');
    filter.answer(new AuthError('route_not_found'), request, reply);
  });
  installAnswerDeadline(fastify, (error, request, reply) => filter.answer(error, request, reply));
  return { adapter, filter };
}
