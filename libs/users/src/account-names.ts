/** Letters, digits and `._-`, 3 to 50 of them. Never an `@`, so that a name is never taken for an address. */
export const USERNAME = /^[A-Za-z0-9._-]{3,50}$/;

/**
 * What makes two usernames one. Computed here and held unique by the database, so that the answer depends on no
 * locale of PostgreSQL's.
 */
export const usernameKey = (username: string): string => username.trim().toLowerCase();

/** What makes two e-mail addresses one: trimmed, NFC, lower case. */
export const emailKey = (email: string): string =>
  email.trim().normalize('NFC').toLowerCase().normalize('NFC');

/** What a login field means: an address where it holds an `@`, else a username. */
export const loginKey = (login: string): { kind: 'email' | 'username'; key: string } =>
  login.includes('@')
    ? { kind: 'email', key: emailKey(login) }
    : { kind: 'username', key: usernameKey(login) };
