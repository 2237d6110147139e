import type pg from 'pg';
import { OperatorError } from '@gatehouse/kernel';

/** The role that DATABASE_URL names cannot be given its rights; the message says why. */
export class ServiceRoleUnusable extends OperatorError {
  override readonly name = 'ServiceRoleUnusable';
}

type Privilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

const READ = ['SELECT'] as const;
const ADD = ['SELECT', 'INSERT'] as const;
const MOVE = ['SELECT', 'UPDATE'] as const;
const KEEP = ['SELECT', 'INSERT', 'UPDATE'] as const;
const ALL = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

/**
 * What the service's own role may do with each table, and with nothing else: every table of the schema stands here.
 * Nothing is ever deleted from most of them; FOR UPDATE and LOCK TABLE need UPDATE.
 */
export const SERVICE_RIGHTS: Readonly<Record<string, readonly Privilege[]>> = {
  migrations: READ,
  users: KEEP,
  clients: KEEP,
  client_secrets: KEEP,
  signing_keys: ALL,
  revocations: ALL,
  denylist: MOVE,
  sessions: ALL,
  spent_refresh_tokens: ALL,
  one_time_secrets: ALL,
  one_time_codes: ALL,
  login_failures: ALL,
  known_networks: ALL,
  throttle_counters: ALL,
  mails: ALL,
  audit_events: ADD,
};

/** The role that a URL logs in as. Throws ServiceRoleUnusable where it names none. */
export function roleOf(url: string): string {
  const role = decodeURIComponent(new URL(url).username);
  if (role === '')
    throw new ServiceRoleUnusable('DATABASE_URL and MIGRATION_DATABASE_URL must both name their roles');
  return role;
}

/** `table privilege`, sorted; sequences count too. */
const granted = `
  SELECT c.relname || ' ' || a.privilege_type AS right
  FROM pg_class c, aclexplode(c.relacl) a
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    AND a.grantee = (SELECT oid FROM pg_roles WHERE rolname = $1)
  ORDER BY 1`;

/**
 * Gives the service's role what SERVICE_RIGHTS says, and takes away whatever else it was granted in the schema. Does
 * nothing where it has just that. By the owner of the schema, and by one at a time.
 * Throws ServiceRoleUnusable where there is no such role.
 */
export async function grantServiceRights(client: pg.Client, role: string): Promise<void> {
  const { rows: roles } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (roles.length === 0)
    throw new ServiceRoleUnusable(
      `DATABASE_URL: PostgreSQL has no role ${role}; docs/database-roles.md shows how to make it`,
    );
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const present = tables.flatMap(({ name }) => (SERVICE_RIGHTS[name] ? [name] : []));
  const wanted = present.flatMap((name) => (SERVICE_RIGHTS[name] ?? []).map((right) => `${name} ${right}`));
  const { rows } = await client.query<{ right: string }>(granted, [role]);
  const has = rows.map(({ right }) => right);
  const { rows: schema } = await client.query<{ usable: boolean }>(
    `SELECT has_schema_privilege($1, 'public', 'USAGE') AND NOT has_schema_privilege($1, 'public', 'CREATE')
            AND has_database_privilege($1, current_database(), 'CONNECT') AS usable`,
    [role],
  );
  if (schema[0]?.usable && has.join() === wanted.sort().join()) return;

  const name = client.escapeIdentifier(role);
  const database = client.escapeIdentifier(client.database as string);
  const statements = [
    `GRANT CONNECT ON DATABASE ${database} TO ${name}`,
    `REVOKE ALL ON SCHEMA public FROM ${name}`,
    `GRANT USAGE ON SCHEMA public TO ${name}`,
    `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${name}`,
    `REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM ${name}`,
    ...present.map((table) => `GRANT ${SERVICE_RIGHTS[table]?.join(', ')} ON ${table} TO ${name}`),
  ];
  await client.query(['BEGIN', ...statements, 'COMMIT'].join(';'));
}
