import { LRUCache } from 'lru-cache';
import type { TokenVerifier, Verified } from './token-verifier.service.js';

/**
 * How many tokens a node remembers: a token and its content take about 1.2 KB, so some 25 MB when it is full. Only what
 * we signed gets in, and our claims are small: nobody can fill it with the 8 KiB that a token may have.
 */
export const VERIFIED_TOKENS_MOST = 20_000;

/**
 * The end of a token, a part of its signature, finds it: to hash all of its 600 characters takes longer than everything
 * else here. Whether it is the same token is then decided by all of them.
 */
const keyOf = (token: string): string => token.slice(-64);

interface Known<Content> extends Verified {
  readonly token: string;
  readonly content: Content;
}

/**
 * Tokens whose signature and claims have been verified, by their exact bytes. A signature costs a hundred times what
 * this costs to find, and a client shows the same token with each request. What may change since is judged anew at each
 * find: the key must still be one that we accept, and the times must hold by the clock of now. Of revocation it knows
 * nothing: whoever finds a token here asks for that as for any other.
 */
export class VerifiedTokens<Content extends object> {
  private readonly tokens: LRUCache<string, Known<Content>>;

  constructor(
    private readonly verifier: TokenVerifier,
    most = VERIFIED_TOKENS_MOST,
  ) {
    this.tokens = new LRUCache({ max: most });
  }

  /** The content of exactly this token; undefined where the whole verification has to say what is wrong with it. */
  find(token: string): Content | undefined {
    const known = this.tokens.get(keyOf(token));
    if (known?.token !== token) return undefined;
    if (this.verifier.stillHolds(known) && !this.verifier.hasExpired(known.claims)) return known.content;
    this.tokens.delete(keyOf(token));
    return undefined;
  }

  /** Remembers what a verification found. Every later find gives this same object: it is frozen. */
  add(token: string, { claims: { iat, nbf, exp }, key }: Verified, content: Content): void {
    const claims = { iat, nbf, exp };
    this.tokens.set(keyOf(token), { token, claims, key, content: Object.freeze(content) });
  }
}
