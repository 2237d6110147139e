import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Nothing that is answered here is a document, unless it says so itself: none of it loads, frames or is framed. */
const NO_DOCUMENT = "default-src 'none'; frame-ancestors 'none'";

/** Swagger UI: its own scripts and styles, the styles that it writes into its page, and requests to this service alone. */
const SWAGGER_UI =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** A year, for this host alone: whether those below it speak TLS is not known here (RFC 6797). */
const HSTS = 'max-age=31536000';

type SetHeaders = (request: FastifyRequest, reply: FastifyReply) => void;

/**
 * What every answer carries (docs/surface.md says why these and no others). Pages replace the policy by their own.
 * Names are in lower case, as Fastify keeps them: it would make a copy of each one for each request.
 * @param https whether PUBLIC_URL is: browsers must then never ask in clear text
 */
export function commonHeaders(https: boolean): SetHeaders {
  const set: SetHeaders = (request, reply) =>
    void reply
      .header('x-request-id', request.id)
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', NO_DOCUMENT)
      .header('cache-control', 'no-store');
  if (!https) return set;
  return (request, reply) => {
    set(request, reply);
    reply.header('strict-transport-security', HSTS);
  };
}

/** Lets Swagger UI be the document that it is. To be called before its routes are made. */
export function allowSwaggerUi(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (route.url !== '/swagger' && !route.url.startsWith('/swagger/')) return;
    route.onRequest = [
      ...[route.onRequest ?? []].flat(),
      (_request, reply, done) => {
        reply.header('content-security-policy', SWAGGER_UI);
        done();
      },
    ];
  });
}
