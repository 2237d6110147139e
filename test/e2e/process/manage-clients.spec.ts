import { send } from '../../support/http.js';
import {
  endLeftovers,
  type Exit,
  runCli,
  type RunningService,
  type Settings,
  startProcess,
} from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

const SECRET = /^[\w-]{43}\n$/;

describe('gatehouse and client applications', () => {
  let database: TestDatabase;
  let settings: Settings;
  let nodes: RunningService[];

  beforeAll(async () => {
    database = await testDatabase();
    settings = { GATEHOUSE_MODE: 'development', DATABASE_URL: database.url };
    nodes = await Promise.all([startProcess(settings), startProcess(settings)]);
  });
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  const cli = (...args: string[]): Promise<Exit> => runCli(settings, args);

  /** Runs a command that prints a secret, alone on standard output. */
  const secretOf = async (...args: string[]): Promise<{ secret: string; stderr: string }> => {
    const { code, stdout, stderr } = await cli(...args);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(SECRET) });
    expect(stderr).not.toContain(stdout.trim());
    return { secret: stdout.trim(), stderr };
  };

  /** Which nodes let the token in: 400 for a login without fields, 401 for the token. */
  const statuses = (apiToken: string, channel = 'web'): Promise<number[]> =>
    Promise.all(
      nodes.map(async ({ url }) => {
        const headers = { 'api-token': apiToken, channel };
        const { status, json } = await send('POST', `${url}/channel/api/auth/login`, { headers, body: {} });
        if (status === 400 && !json.errors) throw new Error(`refused for something else: ${json.message}`);
        return status;
      }),
    );
  const LET_IN = [400, 400];
  const REFUSED = [401, 401];

  const listed = async (): Promise<string[][]> => {
    const { code, stdout, stderr } = await cli('list-clients');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
  };

  it('a token is shown once, works on running nodes at once, and the list never shows it', async () => {
    const { secret, stderr } = await secretOf('create-client', '--name', 'shop', '--channels', 'web, ios');
    expect(stderr).toMatch(/not shown again/);
    expect(await statuses(secret)).toEqual(LET_IN);
    expect(await statuses(secret, 'ios')).toEqual(LET_IN);
    const rows = await listed();
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(rows).toEqual([
      ['dev', 'public', 'web,ios,android', time, 'enabled'],
      ['dev-gateway', 'confidential', 'introspect,revoke,feed', time, 'enabled'],
      ['shop', 'public', 'web,ios', time, 'enabled'],
    ]);
    expect(rows.flat().join()).not.toContain(secret);
  });

  it('a rotated token: both work for the overlap, a week unless it is said', async () => {
    const { secret: old } = await secretOf('create-client', '--name', 'rotated', '--channels', 'web');
    const { secret: fresh, stderr } = await secretOf('rotate-client-secret', 'rotated');
    expect(fresh).not.toBe(old);
    expect(stderr).toMatch(/the old one works for 7d more/);
    for (const secret of [old, fresh]) expect(await statuses(secret)).toEqual(LET_IN);
    const lives = await database.query<{ days: number | null }>(
      `SELECT round(extract(epoch FROM s.expires_at - now()) / 86400)::int AS days, octet_length(s.hash) AS length
       FROM client_secrets s JOIN clients c ON c.id = s.client_id WHERE c.name = 'rotated' ORDER BY s.created_at`,
    );
    expect(lives).toEqual([
      { days: 7, length: 32 },
      { days: null, length: 32 },
    ]);
  });

  it('--overlap 0s: the old one is refused at once, on every node', async () => {
    const { secret: old } = await secretOf('create-client', '--name', 'leaked', '--channels', 'web');
    const { secret: fresh } = await secretOf('rotate-client-secret', 'leaked', '--overlap', '0s');
    expect(await statuses(old)).toEqual(REFUSED);
    expect(await statuses(fresh)).toEqual(LET_IN);
  });

  it('a disabled one is refused at once, on every node, and cannot be rotated', async () => {
    const { secret } = await secretOf('create-client', '--name', 'closed', '--channels', 'web');
    const disabled = await cli('disable-client', 'closed');
    expect(disabled).toEqual({ code: 0, stdout: 'disabled closed\n', stderr: '' });
    expect(await statuses(secret)).toEqual(REFUSED);
    const [, , , , state] = (await listed()).find(([name]) => name === 'closed') as string[];
    expect(state).toMatch(/^disabled \d{4}-/);
    const rotated = await cli('rotate-client-secret', 'closed');
    expect(rotated).toMatchObject({ code: 1, stdout: '' });
    expect(rotated.stderr).toMatch(/there is no enabled client application named closed/);
    expect(await statuses('dev-api-token')).toEqual(LET_IN);
  });

  it.each([
    ['an unknown name to rotate', ['rotate-client-secret', 'nobody'], /named nobody; list-clients/],
    ['an unknown name to disable', ['disable-client', 'nobody'], /named nobody; list-clients/],
    ['no name', ['disable-client'], /missing required argument 'name'/],
    [
      'an overlap that is no duration',
      ['rotate-client-secret', 'dev', '--overlap', 'soon'],
      /--overlap must be a duration such as/,
    ],
    [
      'a negative overlap',
      ['rotate-client-secret', 'dev', '--overlap', '-1d'],
      /--overlap must be a duration such as/,
    ],
    [
      'a link base that is none',
      ['create-client', '--name', 'x2', '--channels', 'web', '--verify-email-url', 'javascript:alert(1)'],
      /must be an http or https URL/,
    ],
  ] as const)('%s: one message, and nothing happens', async (_, args, message) => {
    const before = await database.query(
      'SELECT c.*, s.* FROM clients c JOIN client_secrets s ON s.client_id = c.id',
    );
    const { code, stdout, stderr } = await cli(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at |something went wrong/m);
    expect(
      await database.query('SELECT c.*, s.* FROM clients c JOIN client_secrets s ON s.client_id = c.id'),
    ).toEqual(before);
  });

  it('an empty database has none, and says so beside the empty list', async () => {
    const empty = await testDatabase({ migrated: false });
    try {
      const { code, stdout, stderr } = await runCli({ ...settings, DATABASE_URL: empty.url }, [
        'list-clients',
      ]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
      expect(stderr).toMatch(/there is none yet: create-client/);
    } finally {
      await empty.drop();
    }
  });

  it('a development application stays disabled when the service starts again', async () => {
    await cli('disable-client', 'dev');
    const again = await startProcess(settings);
    const headers = { 'api-token': 'dev-api-token', channel: 'web' };
    expect((await send('POST', `${again.url}/channel/api/auth/login`, { headers, body: {} })).status).toBe(
      401,
    );
    await again.stop();
  });
});
