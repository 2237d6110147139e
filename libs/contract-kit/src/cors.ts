/** What `enableCors` takes, decided on purpose. */
export interface CorsRules {
  readonly origin: (origin: string | undefined, done: (error: null, allowed: boolean) => void) => void;
  readonly methods: string[];
  readonly allowedHeaders: string[];
  readonly exposedHeaders: string[];
  readonly credentials: false;
  readonly maxAge: number;
  readonly strictPreflight: false;
}

/**
 * Which pages may call this service from a browser (Fetch Standard, CORS). Tokens travel in headers, never in
 * cookies, so no credentials are allowed.
 * @param origins lower-case origins; `:*` at the end stands for any port
 */
export function corsRules(origins: readonly string[]): CorsRules {
  const exact = new Set(origins);
  const anyPort = origins.filter((origin) => origin.endsWith(':*')).map((origin) => origin.slice(0, -2));
  const allowed = (origin: string): boolean =>
    exact.has(origin) || anyPort.some((base) => origin === base || origin.replace(/:\d{1,5}$/, '') === base);
  return {
    origin: (origin, done) => done(null, origin !== undefined && allowed(origin.toLowerCase())),
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Api-Token',
      'channel',
      'Refresh-Token',
      'X-Request-Id',
    ],
    exposedHeaders: ['Link', 'Retry-After', 'WWW-Authenticate', 'X-Request-Id'],
    credentials: false,
    maxAge: 600,
    // else an OPTIONS that names an origin and no method would be refused in the plugin's words, not the contract's
    strictPreflight: false,
  };
}
