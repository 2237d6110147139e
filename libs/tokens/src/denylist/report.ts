/** What a node tells of the denylist's life, in the log. */
export interface Report {
  trusted(): void;
  distrusted(reason: string): void;
  notFilled(reason: string): void;
  published(count: number): void;
  failed(step: 'look' | 'revoke' | 'distrust' | 'upkeep', error: unknown): void;
}
