import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { type BuiltService, startBuiltService } from '../../support/built-service.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

describe("the client's types", () => {
  let database: TestDatabase;
  let service: BuiltService;
  beforeAll(async () => {
    database = await testDatabase();
    service = await startBuiltService({ DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await service?.end('SIGTERM');
    await database?.drop();
  });

  it('are those of the documents that the built service publishes', async () => {
    const env = { ...process.env, GATEHOUSE_URL: service.url };
    const check = ['libs/client/generate-types.mjs', '--check'];
    await promisify(execFile)(process.execPath, check, { cwd: path.resolve(__dirname, '../../..'), env });
  });
});
