/** What keeps somebody logged in. Secrets: whoever holds them is that person. */
export interface Tokens {
  readonly accessToken: string;
  /** Absent where the contract refreshes by the access token itself. */
  readonly refreshToken?: string;
}

/**
 * Where the tokens of one session are kept. Each method may be synchronous or not. Two holders of the same place share
 * the session, and `subscribe` is how one of them learns what the other did.
 */
export interface TokenStore {
  /** Sets this place apart from others of the same page, where more than one session is kept: part of the lock's name. */
  readonly name?: string;
  /** True where nobody outside of this process can reach the place, so that other tabs need not be kept out. */
  readonly isPrivate?: boolean;
  load(): Tokens | null | undefined | Promise<Tokens | null | undefined>;
  save(tokens: Tokens): void | Promise<void>;
  clear(): void | Promise<void>;
  /** Calls `changed` whenever the tokens may have become others, by whomever. Gives what ends that. */
  subscribe?(changed: () => void): () => void;
}

/** The access token's subject, or the token itself where it is none that can be read: what tells two people apart. */
export function accountOf({ accessToken }: Tokens): string {
  try {
    const payload = (accessToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { sub } = JSON.parse(atob(payload)) as { sub?: unknown };
    return typeof sub === 'string' ? sub : accessToken;
  } catch {
    return accessToken;
  }
}

/** Tokens out of an answer's members; undefined unless the access token is there. */
export function tokensOf(accessToken: unknown, refreshToken?: unknown): Tokens | undefined {
  if (typeof accessToken !== 'string' || accessToken === '') return undefined;
  return typeof refreshToken === 'string' && refreshToken !== ''
    ? { accessToken, refreshToken }
    : { accessToken };
}
