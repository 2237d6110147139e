import { existsSync, mkdtempSync, chmodSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * One real PostgreSQL for the whole run, in a temporary directory. Each suite makes databases of its own from the
 * migrated template.
 */
export default async function globalSetup() {
  const entry = path.join(root, 'dist/libs/database/src/index.js');
  if (!existsSync(entry))
    throw new Error('the tests start the built service: run npm test, or npm run build first');
  const { migrate, startEmbeddedPostgres } = await import(pathToFileURL(entry).href);
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'gatehouse-test-'));
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, projectRoot: root });
  globalThis.__gatehouse = { server, dataDir };
  const template = new URL(server.url);
  template.pathname = '/gatehouse_template';
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('CREATE DATABASE gatehouse_template');
  // Every test's service runs under a role that may do no more than it needs.
  await client.query("CREATE ROLE gatehouse_service LOGIN PASSWORD 'service-role-of-the-tests'");
  await client.end();
  await migrate(template.href, 'gatehouse_service');
  process.env.GATEHOUSE_TEST_POSTGRES = server.url;
  // What the services of all tests log, and the secrets that must not be among it.
  process.env.GATEHOUSE_TEST_RUN = mkdtempSync(path.join(os.tmpdir(), 'gatehouse-run-'));
}
