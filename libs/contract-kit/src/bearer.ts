import type { FastifyRequest } from 'fastify';
import { AuthError } from '@gatehouse/kernel';

const BEARER = /^Bearer +([^ ]+) *$/i;

/**
 * The token of `Authorization: Bearer …` (RFC 6750 §2.1), or null where there is no such header. A scheme of Bearer
 * with nothing usable behind it gives an empty string, which no verification accepts.
 * Throws AuthError `request_malformed` for two headers: which of them counts is not for us to guess.
 */
export function bearerOf(request: FastifyRequest): string | null {
  const { authorization } = request.headers;
  if (authorization === undefined) return null;
  let count = 0;
  const { rawHeaders } = request.raw;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i]?.toLowerCase() === 'authorization') count++;
  }
  if (count > 1) throw new AuthError('request_malformed');
  if (!/^Bearer\b/i.test(authorization)) return null;
  return BEARER.exec(authorization)?.[1] ?? '';
}
