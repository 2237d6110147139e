export interface Names {
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/**
 * "Mary Ann Smith" is first name "Mary", last name "Ann Smith": split at the first blank, so that both joined by one
 * blank read as the name was given. One word is a first name alone.
 */
export function splitFullName(fullName: string): Names {
  const name = fullName.trim();
  const blank = name.indexOf(' ');
  if (blank === -1) return { firstName: name, lastName: null };
  return { firstName: name.slice(0, blank), lastName: name.slice(blank + 1) };
}

/** The full name, or null where there is none. */
export const joinNames = ({ firstName, lastName }: Names): string | null =>
  [firstName, lastName].filter((name) => name !== null).join(' ') || null;
