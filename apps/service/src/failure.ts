import { ConfigError } from '@gatehouse/config';
import { DatabaseUnreachable, EmbeddedPostgresError } from '@gatehouse/database';
import { SigningKeyUnreadable } from '@gatehouse/tokens';
import { ListenError } from './listeners.js';

const EXPECTED = [ConfigError, DatabaseUnreachable, EmbeddedPostgresError, SigningKeyUnreadable, ListenError];

/** What the operator reads when the service cannot start: one clear message, or the stack of what nobody foresaw. */
export function explainFailure(error: unknown): string {
  if (EXPECTED.some((type) => error instanceof type)) return (error as Error).message;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `it could not start, for a reason that it does not know:\n${detail}`;
}
