import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrate, SERVICE_RIGHTS } from '@gatehouse/database';
import { auditRows } from '../support/audit-rows.js';
import { newPerson } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';
import { testDatabase, type TestDatabase } from '../support/test-database.js';

/** Runs statements of one connection, one after the other. Gives the message of the first that is refused. */
async function refusalOf(url: string, ...statements: string[]): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
    return 'done';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.end();
  }
}

const CHANGES = [
  `UPDATE audit_events SET actor = 'somebody else'`,
  'UPDATE audit_events SET actor = actor WHERE false',
  'DELETE FROM audit_events',
  'TRUNCATE audit_events',
];

describe('the database roles', () => {
  let service: Service;
  let database: TestDatabase;
  beforeAll(async () => {
    service = await startService();
    database = service.database;
    await newPerson(service);
  });
  afterAll(() => service.stop());

  it("the tests' services run under a role that owns nothing and may make nothing", async () => {
    const [role] = await database.query(
      `SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls,
              (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owns
       FROM pg_roles r JOIN pg_stat_activity a ON a.usename = r.rolname
       WHERE a.datname = current_database() AND a.application_name = 'gatehouse' LIMIT 1`,
    );
    expect(role).toEqual({
      ...{ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false },
      owns: 0,
    });
  });

  describe('the rights of the service', () => {
    it('name every table of the schema, and no other', async () => {
      const tables = await database.query<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
      );
      expect(Object.keys(SERVICE_RIGHTS).sort()).toEqual(tables.map(({ name }) => name).sort());
    });

    it('are those of the list, to the letter, and nothing on sequences', async () => {
      const rows = await database.query<{ name: string; rights: string[] }>(
        `SELECT c.relname AS name, array_agg(a.privilege_type::text ORDER BY a.privilege_type) AS rights
         FROM pg_class c, aclexplode(c.relacl) a
         WHERE a.grantee = 'gatehouse_service'::regrole AND c.relnamespace = 'public'::regnamespace
         GROUP BY c.relname`,
      );
      const granted = Object.fromEntries(rows.map(({ name, rights }) => [name, rights]));
      const listed = Object.entries(SERVICE_RIGHTS).map(([name, rights]) => [name, [...rights].sort()]);
      expect(granted).toEqual(Object.fromEntries(listed));
    });

    it.each([
      'CREATE TABLE mine (id int)',
      'DROP TABLE mails',
      'ALTER TABLE users ADD COLUMN mine int',
      'TRUNCATE sessions',
      'CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
      'ALTER TABLE audit_events DISABLE TRIGGER ALL',
      'CREATE TRIGGER mine BEFORE INSERT ON audit_events EXECUTE FUNCTION refuse_audit_change()',
      `INSERT INTO migrations (timestamp, name) VALUES (1, 'mine')`,
      'DELETE FROM users',
      'SET ROLE postgres',
    ])('do not reach to %s', async (statement) => {
      expect(await refusalOf(database.url, statement)).toMatch(/permission denied|must be owner/);
    });
  });

  describe('what is recorded', () => {
    it.each(CHANGES)('cannot be changed by the service: %s', async (statement) => {
      expect(await refusalOf(database.url, statement)).toBe('permission denied for table audit_events');
      const prune = `SET gatehouse.prune_audit = 'on'`;
      expect(await refusalOf(database.url, prune, statement)).toBe(
        'permission denied for table audit_events',
      );
    });

    it.each(CHANGES)('is kept by the trigger from the owner, a superuser at that: %s', async (statement) => {
      const before = await auditRows(database);
      expect(before.length).toBeGreaterThan(0);
      expect(await refusalOf(database.ownerUrl, statement)).toMatch(/^audit_events is only ever added to/);
      const replica = `SET session_replication_role = 'replica'`;
      expect(await refusalOf(database.ownerUrl, replica, statement)).toMatch(/only ever added to/);
      expect(await auditRows(database)).toEqual(before);
    });

    it.each(CHANGES.filter((text) => !text.startsWith('DELETE')))(
      'is kept even where pruning is allowed: %s',
      async (statement) => {
        const prune = `SET gatehouse.prune_audit = 'on'`;
        expect(await refusalOf(database.ownerUrl, prune, statement)).toMatch(/only ever added to/);
      },
    );
  });

  it('the schema belongs to whoever migrated; a second time grants nothing anew', async () => {
    const own = await testDatabase({ migrated: false });
    const role = `service_${randomUUID().slice(0, 8)}`;
    const acl = () =>
      own.query(`SELECT relname, relacl::text, xmin::text FROM pg_class WHERE relacl IS NOT NULL ORDER BY 1`);
    try {
      await expect(migrate(own.ownerUrl, role)).rejects.toThrow(`PostgreSQL has no role ${role}`);
      await own.query(`CREATE ROLE ${role}`);
      expect(await migrate(own.ownerUrl, role)).toEqual([]);
      const once = await acl();
      expect(JSON.stringify(once)).toContain(role);
      await Promise.all([migrate(own.ownerUrl, role), migrate(own.ownerUrl, role)]);
      expect(await acl()).toEqual(once);
      // what somebody granted beside the list is taken back
      await own.query(`GRANT ALL ON audit_events TO ${role}`);
      await migrate(own.ownerUrl, role);
      expect((await acl()).map(({ xmin: _, ...rest }) => rest)).toEqual(
        once.map(({ xmin: _, ...rest }) => rest),
      );
    } finally {
      await own.drop();
      const admin = new pg.Client({ connectionString: process.env['GATEHOUSE_TEST_POSTGRES'] });
      await admin.connect();
      await admin.query(`DROP ROLE IF EXISTS ${role}`);
      await admin.end();
    }
  });

  it('a role that may not migrate says what to do, where there is something to do', async () => {
    const old = await testDatabase();
    try {
      expect(await migrate(old.url)).toEqual([]);
      await old.query('DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations)');
      await expect(migrate(old.url)).rejects.toThrow(
        'the database lacks 1 migrations of this version, and the role gatehouse_service may not make them: ' +
          'set MIGRATION_DATABASE_URL, or run gatehouse migrate with it; see docs/database-roles.md',
      );
    } finally {
      await old.drop();
    }
  });
});
