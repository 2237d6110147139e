import type { Line } from '../log.js';

export type Rule =
  /** What an acknowledged act had killed was accepted, or something new was made from it. */
  | 'accepted after the acknowledgement'
  /** A token that one node refused was accepted later than every node must have known. */
  | 'came back'
  /** A token, password or name was refused that nobody had begun to change. */
  | 'refused without a reason'
  /** 503 from a node that had no reason for it, or any more. */
  | 'unavailable'
  /** No answer from a process that was running. */
  | 'no answer'
  | 'slower than 5 s'
  /** A 5xx other than 503, a 503 without Retry-After, or a status that no document has for this. */
  | 'broken answer'
  | 'not back by itself'
  /** Two different successors of one refresh token. */
  | 'two successors'
  /** A spent refresh token yielded tokens outside its grace interval. */
  | 'spent token refreshed'
  /** An account that was acknowledged is not there, is there twice, or has no password or two. */
  | 'account'
  | 'contradicts PostgreSQL'
  /** Redis is trusted and lacks a revocation, or PostgreSQL does not know that it has it. */
  | 'incomplete copy';

/** Something that must never happen, and the lines of the log that prove it. */
export interface Violation {
  readonly rule: Rule;
  readonly what: string;
  readonly proof: readonly Line[];
}

export const printed = ({ rule, what, proof }: Violation): string =>
  [`${rule}: ${what}`, ...proof.map((line) => `    ${JSON.stringify(line)}`)].join('\n');
