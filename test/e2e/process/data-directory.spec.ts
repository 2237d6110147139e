import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { bearer, send } from '../../support/http.js';
import { hasEnded, newDataDir, postgresRunsIn, postmasterOf } from '../../support/data-dirs.js';
import { camel, freshName, isAlive } from '../../support/race-client.js';
import {
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
  afterAll(endLeftovers);

  it('one that holds somebody else’s files is left as it is', async () => {
    const dir = newDataDir();
    fs.writeFileSync(path.join(dir, 'thesis.txt'), 'chapter one');
    expect(await failure({ DATA_DIR: dir })).toMatch(
      /DATA_DIR .* was not made by Gatehouse: it holds other files/,
    );
    expect(fs.readdirSync(dir)).toEqual(['thesis.txt']);
  });

  it('a file', async () => {
    const file = path.join(newDataDir(), 'file');
    fs.writeFileSync(file, '');
    expect(await failure({ DATA_DIR: file })).toMatch(/DATA_DIR .* is not a directory/);
  });

  it('one that this user may not write', async () => {
    // root may write everywhere but in a file system that takes no files
    const parent = asRoot ? '/proc' : newDataDir();
    if (!asRoot) fs.chmodSync(parent, 0o555);
    expect(await failure({ DATA_DIR: path.join(parent, 'data') })).toMatch(/DATA_DIR .* cannot be used: /);
    if (!asRoot) fs.chmodSync(parent, 0o755);
  });

  (asRoot ? it : it.skip)('one that belongs to another user', async () => {
    const dir = newDataDir();
    execFileSync('chown', ['65533', dir]);
    execFileSync('chmod', ['700', dir]);
    expect(await failure({ DATA_DIR: dir })).toMatch(/DATA_DIR .* (belongs to another user|cannot be)/);
  });
});
