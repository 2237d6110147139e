/**
 * What every text from outside must be before anything looks at it: whole Unicode (a lone surrogate has no UTF-8
 * form) and free of U+0000, which PostgreSQL's `text` cannot hold.
 */
export const isStorableText = (value: string): boolean => value.isWellFormed() && !value.includes('\0');

/** Length in characters (code points), which is what the contracts' limits mean. */
export const characterCount = (value: string): number => {
  let count = 0;
  for (const _ of value) count++;
  return count;
};

/** Why a value is no text of `least` to `most` characters, or undefined where it is; completes "<field> …". */
export function textFault(value: unknown, least: number, most: number): string | undefined {
  if (value === undefined || value === null) return 'is missing';
  if (typeof value !== 'string') return 'must be a string';
  if (!isStorableText(value)) return 'must be whole Unicode text without U+0000';
  const length = characterCount(value);
  if (length < least) return least === 1 ? 'must not be empty' : `must have at least ${least} characters`;
  return length > most ? `must have at most ${most} characters` : undefined;
}
