import { DataSource } from 'typeorm';
import pg from 'pg';
import { dataSourceOptions } from './data-source-options.js';

/** Any constant will do, as long as nobody else locks it: "gate" as a number. */
const MIGRATION_LOCK = 0x67617465;

/**
 * Brings the schema up to date and gives the names of the migrations that ran. Safe when several nodes start at once:
 * an advisory lock lets one migrate while the others wait and then find nothing to do.
 */
export async function migrate(url: string): Promise<string[]> {
  return withLock(url, async (dataSource) => (await dataSource.runMigrations()).map(({ name }) => name));
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
}

async function withLock<T>(url: string, work: (dataSource: MigrationSource) => Promise<T>): Promise<T> {
  const lock = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  await lock.connect();
  const dataSource = new MigrationSource(url);
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.initialize();
    return await work(dataSource);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await lock.end();
  }
}
