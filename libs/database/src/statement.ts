/**
 * One SQL statement under a name of its own: PostgreSQL parses and plans it once per connection and then knows it by
 * that name. Names are unique across the service.
 */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Whatever runs statements: the pool (each by itself) or one transaction. */
export interface Runner {
  /** Runs the statement and gives its rows, spelled as PostgreSQL spells them (int8 as text, timestamps as Date). */
  run<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;

  /**
   * Runs `work` once what this runner wrote is committed: now on the pool, where each statement commits by itself; in a
   * transaction after its COMMIT, before the transaction's promise settles. Never run where it is rolled back.
   */
  afterCommit(work: () => Promise<void>): Promise<void>;
}

/** `now()` on the database's clock plus the injected clock's offset, whose milliseconds are parameter `index`. */
export const nowPlus = (index: number): string => `(now() + $${index}::float8 * interval '1 millisecond')`;

/** A duration in milliseconds, parameter `index`, as an interval. */
export const millis = (index: number): string => `($${index}::float8 * interval '1 millisecond')`;
