/** Which of the two answers whether a token is revoked on this node, and why. */
export interface DenylistStatus {
  readonly source: 'redis' | 'postgres';
  /** Why PostgreSQL answers; undefined where Redis does. */
  readonly reason: PostgresReason | undefined;
  /** Milliseconds since the query that the lease rests on began; undefined where this node has none yet. */
  readonly leaseAgeMs: number | undefined;
  /** Revocations that this node saw unpublished at its last look; undefined where no server is trusted. */
  readonly unpublished: number | undefined;
}

export type PostgresReason =
  /** REDIS_URL is not set. */
  | 'not_configured'
  /** This node does not reach Redis. */
  | 'redis_unreachable'
  /** PostgreSQL has not said for 3 s which server is trusted. */
  | 'no_lease'
  /** Redis may lose entries: maxmemory-policy is not noeviction. */
  | 'evicting'
  /** No server is trusted: its copy is not complete yet, or was lost. */
  | 'untrusted';
