/** Classes of SQLSTATE that say "not now" rather than "not so": connection, resources, shutdown, lock and deadlock. */
const PASSING = /^(08|53|57P|40001|40P01|55P03|57014|25P03)/;
/** System errors of a server that is away. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** What pg says without a code. */
const SPOKEN =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable|Cannot use a pool/;

/**
 * Whether PostgreSQL could not be reached or could not answer in time, so that the same request may work later.
 * TypeORM wraps the driver's error; both forms are recognised.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (typeof code === 'string' && (PASSING.test(code) || AWAY.has(code))) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnavailable);
  return SPOKEN.test(error.message) || (driverError !== undefined && isDatabaseUnavailable(driverError));
}

/** The name of the unique constraint that a statement violated, or undefined for any other error. */
export function violatedUnique(error: unknown): string | undefined {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === '23505' && typeof constraint === 'string' ? constraint : undefined;
}
