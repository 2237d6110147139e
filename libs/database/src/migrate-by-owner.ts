import { awaitDatabase } from './await-database.js';
import { migrate } from './migrate.js';
import { roleOf } from './service-role.js';

/** One database, by the URL that the service uses and by that of the role that owns the tables, where it is another. */
export interface DatabaseUrls {
  readonly url: string;
  /** Absent: `url` migrates. */
  readonly migrationUrl: string | undefined;
}

/**
 * Migrates the database that `url` reaches already, by the role that may, and gives the names of the migrations that
 * ran. Throws DatabaseUnreachable, MigrationRefused, ServiceRoleUnusable.
 */
export async function migrateByOwner(
  { url, migrationUrl }: DatabaseUrls,
  progress: (line: string) => unknown,
  signal?: AbortSignal,
): Promise<string[]> {
  if (migrationUrl === undefined) return migrate(url);
  const service = roleOf(url);
  await awaitDatabase(migrationUrl, progress, { signal, setting: 'MIGRATION_DATABASE_URL' });
  if (signal?.aborted) return [];
  return migrate(migrationUrl, roleOf(migrationUrl) === service ? undefined : service);
}
