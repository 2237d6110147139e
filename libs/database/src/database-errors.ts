/**
 * SQLSTATEs that say "not now" rather than "not so": connection, resources, shutdown, lock and deadlock, and a server
 * that refuses the connection itself (password, no such database, one that accepts no connections).
 */
const PASSING = /^(08|53|57P|40001|40P01|55P03|57014|25P03|28|3D000|55000)/;
/** System errors of a server that is away. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** What pg says without a code. */
const SPOKEN =
  /Connection terminated|^timeout expired$|timeout exceeded when trying to connect|Query read timeout|not queryable|Cannot use a pool/;

/**
 * Whether PostgreSQL could not be reached or could not answer in time, so that the same request may work later.
 * TypeORM wraps the driver's error; both forms are recognised.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, errors, driverError } = error as Record<string, unknown>;
  if (typeof code === 'string' && (PASSING.test(code) || AWAY.has(code))) return true;
  // Several addresses of one host failed (AggregateError).
  if (Array.isArray(errors) && errors.some(isDatabaseUnavailable)) return true;
  return (typeof message === 'string' && SPOKEN.test(message)) || isDatabaseUnavailable(driverError);
}

/** The name of the unique constraint that a statement violated, or undefined for any other error. */
export function violatedUnique(error: unknown): string | undefined {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === '23505' && typeof constraint === 'string' ? constraint : undefined;
}
