import path from 'node:path';
import {
  endLeftovers,
  type Exit,
  launch,
  type RunningService,
  startProcess,
} from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

const EXAMPLE = path.resolve(__dirname, '../../../docs/examples/integration.test.mjs');

describe('docs/examples/integration.test.mjs', () => {
  let database: TestDatabase;
  let service: RunningService;

  beforeAll(async () => {
    database = await testDatabase();
    service = await startProcess({ GATEHOUSE_MODE: 'development', DATABASE_URL: database.ownerUrl });
  });
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  /** As a stranger runs it. */
  const run = (url: string): Promise<Exit> =>
    launch('--test', { GATEHOUSE_URL: url }, ['--test-reporter=tap', EXAMPLE]).exited();

  it('passes against the built service, and again', async () => {
    for (const url of service.urls) {
      const { code, stdout, stderr } = await run(url);
      expect({
        code,
        stderr,
        failed: /^# fail .*/m.exec(stdout)?.[0],
        shown: code === 0 ? '' : stdout,
      }).toEqual({
        code: 0,
        stderr: '',
        failed: '# fail 0',
        shown: '',
      });
      expect(Number(/^# pass (\d+)/m.exec(stdout)?.[1])).toBeGreaterThanOrEqual(8);
    }
  });

  it('fails where there is no service', async () => {
    expect((await run('http://127.0.0.1:1')).code).toBe(1);
  });
});
