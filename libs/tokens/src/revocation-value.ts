/** The whole session is dead. */
export const WHOLE_SESSION = '*';

/**
 * Whether an access token of generation `generation` is dead by a revocation's value: `*` says that the whole session
 * is; `G@T` that generations below G-1 are, and that G-1 is from T (milliseconds since the epoch), which is how a
 * replaced access token lives on through the grace interval and its grandparent does not.
 */
export function isDead(value: string, generation: number, now: number): boolean {
  if (value === WHOLE_SESSION) return true;
  const [current, from] = value.split('@').map(Number) as [number, number];
  if (generation >= current) return false;
  return generation < current - 1 || now >= from;
}
