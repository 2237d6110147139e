/** A line that holds a secret, and what it holds. */
export interface Leak {
  readonly what: string;
  readonly line: string;
}

export function scan(
  lines: Iterable<string>,
  secrets: Iterable<string>,
): { readonly lines: number; readonly secrets: number; readonly leaks: Leak[] };
