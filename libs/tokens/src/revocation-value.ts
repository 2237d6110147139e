/** The whole session is dead. */
export const WHOLE_SESSION = '*';

/** `G@T` in its two numbers. */
const parts = (value: string): readonly [generation: number, from: number] => {
  const at = value.indexOf('@');
  return [Number(value.slice(0, at)), Number(value.slice(at + 1))];
};

/**
 * Whether an access token of generation `generation` is dead by a revocation's value: `*` says that the whole session
 * is; `G@T` that generations below G-1 are, and that G-1 is from T (milliseconds since the epoch), which is how a
 * replaced access token lives on through the grace interval and its grandparent does not.
 */
export function isDead(value: string, generation: number, now: number): boolean {
  if (value === WHOLE_SESSION) return true;
  const [current, from] = parts(value);
  if (generation >= current) return false;
  return generation < current - 1 || now >= from;
}

/** The one of two values of one session that was written later: it refuses all that the other does. */
export function laterOf(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (one === WHOLE_SESSION || other === WHOLE_SESSION) return WHOLE_SESSION;
  return parts(one)[0] >= parts(other)[0] ? one : other;
}

/**
 * From when (milliseconds since the epoch) anything that a value says holds; 0 where some of it does at once, as for the
 * grandparent of a token that was replaced twice within the grace interval.
 */
export function holdsFrom(value: string): number {
  if (value === WHOLE_SESSION) return 0;
  const [current, from] = parts(value);
  return current > 2 ? 0 : from;
}
