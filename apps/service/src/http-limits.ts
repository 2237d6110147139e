import type { ServerOptions } from 'node:http';

/** What a client may take and hold, each in milliseconds but for the last. */
export interface HttpLimits {
  /** For the head of a request, from its first byte or, on a new connection, from the beginning. */
  readonly head: number;
  /** For a whole request, its body included. */
  readonly request: number;
  /** Between two requests of one connection. */
  readonly idle: number;
  /** For a client that neither sends nor takes a byte while a request or its answer is under way. */
  readonly silence: number;
  /** How often the first two are looked after. */
  readonly check: number;
  /** Bytes of a request's line and headers together. */
  readonly headBytes: number;
}

/**
 * Slow clients are cut off (Slowloris): a phone on a poor line sends 80 KiB in far less than these. A connection without
 * a request outlives the minute for which load balancers keep theirs, or they would send into one that is being closed.
 */
export const HTTP_LIMITS: HttpLimits = {
  head: 10_000,
  request: 30_000,
  idle: 72_000,
  silence: 30_000,
  check: 1_000,
  headBytes: 16 * 1024,
};

/** The limits as Node's options; `silence` is the server's `timeout`, which has none. */
export const serverOptions = (limits: HttpLimits): ServerOptions => ({
  headersTimeout: limits.head,
  requestTimeout: limits.request,
  keepAliveTimeout: limits.idle,
  connectionsCheckingInterval: limits.check,
  maxHeaderSize: limits.headBytes,
});
