import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import type { ErrorCode } from '@gatehouse/kernel';
import { presentProblem } from '@gatehouse/contract-kit';
import type { Metrics } from './metrics.service.js';

type Refusal = readonly [status: number, code: ErrorCode, message: string];

const NOT_FOUND: Refusal = [
  404,
  'route_not_found',
  'There is nothing at this path; /metrics is all that there is',
];
const NOT_ALLOWED: Refusal = [405, 'method_not_allowed', '/metrics answers to GET and HEAD alone'];
const BROKEN: Refusal = [500, 'internal', 'Something went wrong here; try again later'];

/** What a port answers that has `/metrics` and nothing else; refusals look like the service's own. */
export function metricsListener(metrics: Metrics): RequestListener {
  const logger = new Logger('Metrics');
  return (request, response) => {
    answer(metrics, request, response).catch((error: unknown) => {
      logger.error({ event: 'internal', route: '/metrics', cause: error });
      refuse(response, BROKEN);
    });
  };
}

async function answer(metrics: Metrics, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url?.replace(/\?.*/s, '') !== '/metrics') return refuse(response, NOT_FOUND);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(response, NOT_ALLOWED);
  }
  const { contentType, text } = await metrics.expose();
  send(response, 200, contentType, text);
}

function refuse(response: ServerResponse, [status, code, message]: Refusal): void {
  const body = JSON.stringify(presentProblem({ code, status, message, fields: [] }));
  send(response, status, 'application/problem+json', body);
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response
    .writeHead(status, {
      'Content-Type': contentType,
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    .end(body);
}
