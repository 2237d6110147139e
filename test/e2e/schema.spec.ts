import { DataSource, type DataSourceOptions } from 'typeorm';
import { dataSourceOptions, migrate, revertNewest } from '@gatehouse/database';
import { testDatabase, type TestDatabase } from '../support/test-database.js';

const tablesOf = async (database: TestDatabase): Promise<string[]> => {
  const rows = await database.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  );
  return rows.map(({ name }) => name);
};

/** Every column, constraint and index, as PostgreSQL spells them. */
const schemaOf = (database: TestDatabase) =>
  database.query(`
    SELECT 'column' AS kind, table_name || '.' || column_name AS name,
           concat_ws(' ', data_type, is_nullable, column_default, identity_generation) AS definition
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'index', tablename || '.' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    ORDER BY 1, 2, 3`);

const ranOf = async (database: TestDatabase): Promise<string[]> => {
  const rows = await database.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  return rows.map(({ name }) => name);
};

describe('the schema', () => {
  let database: TestDatabase;
  let entities: DataSourceOptions['entities'];

  beforeAll(async () => {
    // It is made for the TypeORM command line and demands this when it is imported; nothing connects.
    process.env['DATABASE_URL'] = process.env['GATEHOUSE_TEST_POSTGRES'];
    ({ ENTITIES: entities } = await import('../../ormconfig.js'));
    delete process.env['DATABASE_URL'];
  });
  beforeEach(async () => {
    database = await testDatabase({ migrated: false });
  });
  afterEach(() => database.drop());

  it('is the one that the entities describe, after all migrations', async () => {
    await migrate(database.url);
    const dataSource = new DataSource({
      ...dataSourceOptions(database.url, 1),
      entities,
    });
    await dataSource.initialize();
    try {
      const tables = dataSource.entityMetadatas.map(({ tableName }) => tableName).sort();
      expect(await tablesOf(database)).toEqual([...tables, 'migrations'].sort());
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('goes down to nothing, newest first, and up again to the same', async () => {
    const migrated = await migrate(database.url);
    expect(migrated.length).toBeGreaterThan(0);
    const schema = await schemaOf(database);
    const reverted: string[] = [];
    for (;;) {
      const name = await revertNewest(database.url);
      if (name === undefined) break;
      reverted.push(name);
    }
    expect(reverted).toEqual([...migrated].reverse());
    expect(await tablesOf(database)).toEqual(['migrations']);

    expect(await migrate(database.url)).toEqual(migrated);
    expect(await schemaOf(database)).toEqual(schema);
  });

  it('each migration goes down and up by itself', async () => {
    const migrated = await migrate(database.url);
    const schema = await schemaOf(database);
    for (let count = 1; count <= migrated.length; count++) {
      for (let i = 0; i < count; i++) await revertNewest(database.url);
      expect(await migrate(database.url)).toEqual(migrated.slice(-count));
    }
    expect(await schemaOf(database)).toEqual(schema);
  });

  it('five nodes that migrate an empty database at once run each migration once', async () => {
    const runs = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url)));
    const ran = await ranOf(database);
    expect(new Set(ran).size).toBe(ran.length);
    expect(runs.filter((names) => names.length > 0)).toEqual([ran]);
  });

  it('nodes that start on a migrated database change nothing', async () => {
    await migrate(database.url);
    const [schema, ran] = [await schemaOf(database), await ranOf(database)];
    expect(await Promise.all([migrate(database.url), migrate(database.url)])).toEqual([[], []]);
    expect([await schemaOf(database), await ranOf(database)]).toEqual([schema, ran]);
  });

  it('there is nothing to take back in an empty database', async () => {
    expect(await revertNewest(database.url)).toBeUndefined();
    expect(await tablesOf(database)).toEqual([]);
  });
});
