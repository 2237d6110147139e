import { DataSource } from 'typeorm';
import pg from 'pg';
import { OperatorError } from '@gatehouse/kernel';
import { dataSourceOptions } from './data-source-options.js';
import { grantServiceRights } from './service-role.js';

/** Any constant will do, as long as nobody else locks it: "gate" as a number. */
const MIGRATION_LOCK = 0x67617465;

/** The schema is not this version's, and the role may not change it; the message says what to do. */
export class MigrationRefused extends OperatorError {
  override readonly name = 'MigrationRefused';
}

/**
 * Brings the schema up to date and gives the names of the migrations that ran. Safe when several nodes start at once:
 * an advisory lock lets one migrate while the others wait and then find nothing to do.
 * @param serviceRole the role of the service, where `url` is another's: it is given its rights to the tables
 * Throws MigrationRefused where there is something to do and the role may not, and ServiceRoleUnusable.
 */
export async function migrate(url: string, serviceRole?: string): Promise<string[]> {
  return withLock(url, async (dataSource, lock) => {
    const done = (await dataSource.mayMigrate()) ? await dataSource.runMigrations() : [];
    if (serviceRole !== undefined) await grantServiceRights(lock, serviceRole);
    return done.map(({ name }) => name);
  });
}

/** Takes back the newest migration and gives its name, or undefined when there is none. */
export async function revertNewest(url: string): Promise<string | undefined> {
  return withLock(url, async (dataSource) => {
    const [newest] = await dataSource.namesOfRun();
    if (newest) await dataSource.undoLastMigration();
    return newest;
  });
}

class MigrationSource extends DataSource {
  constructor(url: string) {
    // A migration may take its time; and one connection is enough.
    super({ ...dataSourceOptions(url, 1), extra: { connectionTimeoutMillis: 3_000 } });
  }

  /** The newest first. */
  async namesOfRun(): Promise<string[]> {
    const [{ exists }] = await this.query<[{ exists: boolean }]>(
      `SELECT to_regclass('migrations') IS NOT NULL AS exists`,
    );
    if (!exists) return [];
    const rows = await this.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id DESC');
    return rows.map(({ name }) => name);
  }

  /** False where there is nothing to do, which any role may find. Throws MigrationRefused. */
  async mayMigrate(): Promise<boolean> {
    const ran = new Set(await this.namesOfRun());
    const missing = this.migrations.filter(({ constructor: { name } }) => !ran.has(name));
    if (missing.length === 0) return false;
    const [{ may, role }] = await this.query<[{ may: boolean; role: string }]>(
      `SELECT has_schema_privilege('public', 'CREATE') AS may, current_user AS role`,
    );
    if (may) return true;
    throw new MigrationRefused(
      `the database lacks ${missing.length} migrations of this version, and the role ${role} may not make them: ` +
        'set MIGRATION_DATABASE_URL, or run gatehouse migrate with it; see docs/database-roles.md',
    );
  }
}

async function withLock<T>(
  url: string,
  work: (dataSource: MigrationSource, lock: pg.Client) => Promise<T>,
): Promise<T> {
  const lock = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  await lock.connect();
  const dataSource = new MigrationSource(url);
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.initialize();
    return await work(dataSource, lock);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await lock.end();
  }
}
