import type { Tokens } from './tokens.js';

/**
 * What an operation does to the session: `opens` is sent without a token and answered with new ones, `renews` and
 * `replaces` are answered with new ones too, `ends` leaves none.
 */
export type Effect = 'opens' | 'renews' | 'replaces' | 'ends';

/** How a contract says what every session does. */
export interface Dialect {
  /** The contract's id, which is its prefix on the server too. */
  readonly contract: string;
  /** By `METHOD path`, as in the document; one of them `renews`. */
  readonly effects: Readonly<Record<string, Effect>>;
  /** What the refresh presents; undefined where these tokens cannot be refreshed. */
  readonly refreshing: (tokens: Tokens) => Presented | undefined;
  /** The tokens in the body of an answer; undefined where there are none. */
  readonly tokensIn: (body: unknown) => Tokens | undefined;
  /** Whether a refused refresh was about the application, and so says nothing about the session. */
  readonly refusesApplication?: (body: unknown) => boolean;
}

export interface Presented {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

export const bearer = ({ accessToken }: Tokens) => ({ Authorization: `Bearer ${accessToken}` });
