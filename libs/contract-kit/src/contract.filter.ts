import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthError } from '@gatehouse/kernel';
import type { AllowedMethods } from './allowed-methods.js';
import { reportLateError } from './answer-deadline.js';
import type { Contract } from './contract.js';
import { challengeOf, toAuthError } from './error-answer.js';
import { prefixOf } from './resolve-contract.js';
import { SERVICE_ERRORS } from './service-errors.js';

/**
 * The one filter: formats every refusal in the contract of the request's path, those of the framework (malformed
 * JSON, 404, 405, 413, 415) and those that nobody foresaw included.
 */
@Catch()
export class ContractFilter implements ExceptionFilter {
  private readonly logger = new Logger('ContractFilter');
  private readonly contracts: ReadonlyMap<string, Contract>;

  constructor(
    contracts: readonly Contract[],
    private readonly allowed: AllowedMethods,
  ) {
    this.contracts = new Map(contracts.map((contract) => [contract.id, contract]));
  }

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(exception, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Sends the refusal. Also for what the router refuses before any filter could see it. */
  answer(exception: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent) return reportLateError(exception, reply);
    const error = this.withMethod(toAuthError(exception), request);
    this.report(error, request);
    const { status, headers, body } = this.formatted(error, request);
    const challenge = challengeOf(error.code);
    if (challenge) void reply.header('WWW-Authenticate', challenge);
    if (error.retryAfter !== undefined) void reply.header('Retry-After', String(error.retryAfter));
    if (error.allow.length > 0) void reply.header('Allow', error.allow.join(', '));
    void reply
      .code(status)
      .headers({ 'Cache-Control': 'no-store', ...headers })
      // Fastify refuses to serialise objects of media types that it does not know.
      .send(body);
  }

  private formatted(
    error: AuthError,
    request: FastifyRequest,
  ): { status: number; headers: Readonly<Record<string, string>>; body: string } {
    const contract = this.contracts.get(prefixOf(request.url, this.contracts) ?? '');
    const format = contract?.errors ?? SERVICE_ERRORS;
    const [status, message] = contract ? contract.errors.table[error.code] : SERVICE_ERRORS.of(error.code);
    const body = format.present({ code: error.code, status, message, fields: error.fields });
    return {
      status,
      headers: { ...format.headers, 'Content-Type': format.contentType },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    };
  }

  /** A path that exists under another method is a 405, not a 404. */
  private withMethod(error: AuthError, request: FastifyRequest): AuthError {
    if (error.code !== 'route_not_found') return error;
    const allow = this.allowed.of(request.url);
    // One that answers to this very method found nothing there by itself: a file that does not exist, say.
    const other = allow.length > 0 && !allow.includes(request.method);
    return other ? new AuthError('method_not_allowed', { allow }) : error;
  }

  /** Faults of ours go to the log with their cause; refusals are told by the request's own line. */
  private report(error: AuthError, request: FastifyRequest): void {
    if (error.code !== 'internal' && error.code !== 'unavailable') return;
    const entry = {
      event: error.code,
      requestId: request.id,
      route: request.routeOptions?.url,
      cause: error.cause,
    };
    if (error.code === 'internal') this.logger.error(entry);
    else this.logger.warn(entry);
  }
}
