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
