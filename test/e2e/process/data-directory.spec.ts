import fs from 'node:fs';
import path from 'node:path';
import { bearer, send } from '../../support/http.js';
import { hasEnded, newDataDir, postgresRunsIn, postmasterOf } from '../../support/data-dirs.js';
import { camel, freshName, isAlive } from '../../support/race-client.js';
import {
  eachOf,
  endLeftovers,
  type Exit,
  launch,
  occupyPort,
  type RunningService,
  SERVICE,
  type Settings,
  startProcess,
} from '../../support/start-process.js';

const asRoot = process.getuid?.() === 0;
/** The same issuer at every start, whatever ports it finds free. */
const FIXED = { GATEHOUSE_MODE: 'development', PUBLIC_URL: 'http://localhost:8060' };

/** A start that fails: with exit code 1 and one message, which is given. */
const failure = async (settings: Settings): Promise<string> => {
  const { code, stderr }: Exit = await launch(SERVICE, { ...FIXED, ...settings }).exited();
  expect(code).toBe(1);
  expect(stderr).toMatch(/^gatehouse: [^\n]+\n$/);
  return stderr;
};

describe('one data directory, start after start', () => {
  let dir: string;
  let service: RunningService;
  const username = freshName();
  let access: string;
  const keys = async (): Promise<unknown> => (await send('GET', `${service.url}/.well-known/jwks.json`)).json;
  let firstKeys: unknown;

  const start = (settings: Settings = {}) => startProcess({ ...FIXED, DATA_DIR: dir, ...settings });

  beforeAll(async () => {
    dir = newDataDir();
    service = await start();
    const answer = await camel.register(service.url, { username, email: `${username}@example.com` });
    access = camel.tokensOf(answer).access;
    firstKeys = await keys();
  }, 60_000);
  afterAll(endLeftovers);

  /** What the first start made is still there. */
  const expectSameHouse = async (): Promise<void> => {
    expect(await keys()).toEqual(firstKeys);
    expect(await isAlive(service.url, access)).toBe(true);
    expect((await camel.login(service.url, username)).status).toBe(200);
  };

  it('a second start keeps users, sessions and signing keys', async () => {
    expect((await service.stop()).code).toBe(0);
    service = await start();
    await expectSameHouse();
    expect(service.process.output.stdout).not.toMatch(/making a new|migrated/);
  });

  it('so does a start after kill -9 of the service, which takes over the PostgreSQL that it left', async () => {
    const postmaster = postmasterOf(dir);
    await service.stop('SIGKILL');
    expect(postgresRunsIn(dir)).toBe(true);
    service = await start();
    expect(service.process.output.stdout).toContain('took over the PostgreSQL');
    expect(postmasterOf(dir)).toBe(postmaster);
    await expectSameHouse();
  });

  it('so does a start after kill -9 of both', async () => {
    const postmaster = postmasterOf(dir);
    process.kill(postmaster, 'SIGKILL');
    await service.stop('SIGKILL');
    expect(await hasEnded(postmaster)).toBe(true);
    service = await start();
    await expectSameHouse();
  });

  it('a start while another one runs is refused, and the first goes on unharmed', async () => {
    const postmaster = postmasterOf(dir);
    expect(await failure({ DATA_DIR: dir })).toMatch(
      /another Gatehouse process is using DATA_DIR .*: stop it first/,
    );
    expect(postmasterOf(dir)).toBe(postmaster);
    expect((await send('GET', `${service.url}/health/ready`)).status).toBe(200);
    await expectSameHouse();
  });

  it('a start on an occupied port ends, names PORTS and the port, and leaves no PostgreSQL behind', async () => {
    await service.stop();
    const { port, server } = await occupyPort();
    const message = await failure({ DATA_DIR: dir, PORTS: `0,${port}` });
    server.close();
    expect(message).toMatch(new RegExp(`PORTS: another program listens on port ${port} of 127\\.0\\.0\\.1`));
    expect(postgresRunsIn(dir)).toBe(false);
  });

  it('a start with other SECRET_KEYS says that they do not open the signing key', async () => {
    const message = await failure({ DATA_DIR: dir, SECRET_KEYS: 'n'.repeat(40) });
    expect(message).toMatch(/SECRET_KEYS does not open the signing key/);
    expect(postgresRunsIn(dir)).toBe(false);
  });

  it('a start with new SECRET_KEYS before the old ones opens what the old ones closed', async () => {
    service = await start({
      SECRET_KEYS: `${'n'.repeat(40)},gatehouse-development-secret-which-everybody-knows`,
    });
    expect(await keys()).toEqual(firstKeys);
    expect(await isAlive(service.url, access)).toBe(true);
    expect((await service.stop()).code).toBe(0);
  });

  it('the service ends with exit code 1, and says why, when its PostgreSQL is killed from outside', async () => {
    service = await start();
    const postmaster = postmasterOf(dir);
    process.kill(postmaster, 'SIGKILL');
    const { code, stdout } = await service.process.exited();
    expect(code).toBe(1);
    const line = stdout.split('\n').find((text) => text.includes('embedded_postgres_gone')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      level: 'fatal',
      reason: expect.stringContaining(`${postmaster}`),
    });
    expect(await hasEnded(postmaster)).toBe(true);
    expect(postgresRunsIn(dir)).toBe(false);
  });

  it('and the next start finds all that had been acknowledged', async () => {
    service = await start();
    await expectSameHouse();
    const headers = bearer(access);
    expect((await send('GET', `${service.url}/api/v1/auth/profile`, { headers })).json).toMatchObject({
      username,
    });
    expect((await service.stop()).code).toBe(0);
  });
});

describe('a data directory that cannot be used', () => {
  const CASES: [name: string, make: () => string, message: RegExp][] = [
    [
      'one with files of somebody else',
      () => {
        const dir = newDataDir();
        fs.writeFileSync(path.join(dir, 'thesis.txt'), 'chapter one');
        return dir;
      },
      /DATA_DIR .* was not made by Gatehouse: it holds other files/,
    ],
    [
      'a file',
      () => {
        const file = path.join(newDataDir(), 'file');
        fs.writeFileSync(file, '');
        return file;
      },
      /DATA_DIR .* is not a directory/,
    ],
    [
      'one that this user may not write',
      () => {
        // root may write everywhere but in a file system that takes no files
        const closed = asRoot ? '/proc' : newDataDir();
        if (!asRoot) fs.chmodSync(closed, 0o555);
        return path.join(closed, 'data');
      },
      /DATA_DIR .* cannot be used: /,
    ],
  ];
  if (asRoot)
    CASES.push([
      'one that belongs to another user',
      () => {
        const dir = newDataDir();
        fs.chownSync(dir, 65_533, 65_533);
        fs.chmodSync(dir, 0o700);
        return dir;
      },
      /DATA_DIR .* belongs to another user/,
    ]);
  const tried = new Map<string, { message: string; left: string[] | undefined }>();

  beforeAll(async () => {
    await eachOf(CASES, async ([name, make]) => {
      const dir = make();
      const message = await failure({ DATA_DIR: dir });
      const stat = fs.statSync(dir, { throwIfNoEntry: false });
      tried.set(name, { message, left: stat?.isDirectory() ? fs.readdirSync(dir) : undefined });
    });
  }, 60_000);
  afterAll(endLeftovers);

  it.each(CASES)('%s: one message says so', (name, _, message) => {
    expect(tried.get(name)?.message).toMatch(message);
  });

  it('is left as it was', () => {
    expect(tried.get('one with files of somebody else')?.left).toEqual(['thesis.txt']);
    expect(tried.get('one that this user may not write')?.left).toBeUndefined();
  });
});
