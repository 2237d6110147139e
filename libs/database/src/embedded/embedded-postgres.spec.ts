import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { EmbeddedPostgresError, joinEmbeddedPostgres, startEmbeddedPostgres } from './index.js';
import { isAlive, poll } from './process-state.js';

const projectRoot = path.resolve(__dirname, '../../../..');
let scratch: string;
let undo: (() => Promise<unknown> | void)[];

beforeEach(() => {
  undo = [];
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse data '));
  fs.chmodSync(scratch, 0o755); // PostgreSQL's account has to pass through
});

afterEach(async () => {
  for (const step of undo.reverse()) await step();
  fs.rmSync(scratch, { recursive: true, force: true });
});

async function start(dataDir = path.join(scratch, 'data'), how = startEmbeddedPostgres) {
  const postgres = await how({ dataDir, projectRoot });
  undo.push(() => postgres.stop());
  return postgres;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

function serverPid(dataDir = path.join(scratch, 'data')): number {
  return Number(fs.readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

const ended = (pid: number) => poll(10_000, () => !isAlive(pid) && ('ended' as const));

/** Another node process that starts in the same data directory, says what came of it, and stays. */
async function startElsewhere(dataDir: string): Promise<{ child: ChildProcess; said: string }> {
  const program = `
    const Module = require('node:module'), fs = require('node:fs'), path = require('node:path');
    const [root, dataDir] = process.argv.slice(1);
    const { process: compile } = require(path.join(root, 'test/support/jest-transform.cjs'));
    Module._extensions['.ts'] = (m, file) => m._compile(compile(fs.readFileSync(file, 'utf8'), file).code, file);
    const resolve = Module._resolveFilename;
    Module._resolveFilename = (request, parent, ...rest) =>
      resolve.call(Module, parent?.filename?.endsWith('.ts') ? fromSource(request) : request, parent, ...rest);
    const fromSource = (request) =>
      request.replace(/^(\\..*)\\.js$/, '$1.ts').replace(/^@gatehouse.(.*)$/, path.join(root, 'libs/$1/src/index.ts'));
    const { startEmbeddedPostgres } = require(path.join(root, 'libs/database/src/embedded/index.ts'));
    startEmbeddedPostgres({ dataDir, projectRoot: root }).then(
      (postgres) => console.log('started', postgres.port),
      (error) => console.log(error.name, error.message),
    );`;
  const child = spawn(process.execPath, ['-e', program, projectRoot, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  undo.push(() => void child.kill('SIGKILL'));
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: said.toString() };
}

/** A server whose node process was killed. */
async function orphan(dataDir = path.join(scratch, 'data')): Promise<number> {
  const { child, said } = await startElsewhere(dataDir);
  expect(said).toMatch(/^started/);
  const pid = serverPid(dataDir);
  undo.push(async () => {
    if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
    await ended(pid);
  });
  child.kill('SIGKILL');
  await once(child, 'exit');
  return pid;
}

test('a first start makes a database in UTF-8 with checksums, reachable by TCP and password alone', async () => {
  const postgres = await start();
  expect(postgres).toMatchObject({ first: true, adopted: false });
  const facts = await query(
    postgres.url,
    `SELECT current_database(), current_setting('server_encoding'), current_setting('data_checksums'),
       current_setting('listen_addresses'), current_setting('unix_socket_directories'), upper('é'),
       current_setting('max_connections')`,
  );
  expect(facts).toEqual(['gatehouse', 'UTF8', 'on', '127.0.0.1', '', 'É', '100']);
  await expect(query(postgres.url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT')).rejects.toThrow('password');
  expect(fs.statSync(path.join(scratch, 'data/postgres.password')).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(path.join(scratch, 'data')).sort()).toEqual(
    ['gatehouse.json', 'postgres', 'postgres.log', 'postgres.password'], // and nothing half made
  );
});

test('stop ends the server, also when it is called twice; a restart finds the data', async () => {
  const before = await start();
  await query(before.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const died = jest.fn();
  before.onExit(died);
  const pid = serverPid();
  await Promise.all([before.stop(), before.stop()]);
  expect(isAlive(pid)).toBe(false);
  const after = await start();
  expect(after).toMatchObject({ first: false, adopted: false });
  expect(await query(after.url, 'SELECT answer FROM kept')).toEqual([42]);
  expect(died).not.toHaveBeenCalled();
});

test('the server of a killed process is taken over, and then stopped by its new owner', async () => {
  const pid = await orphan();
  expect(isAlive(pid)).toBe(true);
  const postgres = await start();
  expect(postgres).toMatchObject({ first: false, adopted: true });
  expect(serverPid()).toBe(pid);
  expect(await query(postgres.url, 'SELECT 1')).toEqual([1]);
  await postgres.stop();
  expect(isAlive(pid)).toBe(false);
});

test('a server that is shutting down is waited for, then started anew', async () => {
  const pid = await orphan();
  process.kill(pid, 'SIGINT');
  const postgres = await start();
  expect(serverPid()).not.toBe(pid);
  expect(await query(postgres.url, 'SELECT 1')).toEqual([1]);
});

test.each([
  ['start', startEmbeddedPostgres],
  ['join', joinEmbeddedPostgres],
])('%s while the owner stops waits for the end and begins anew', async (_, how) => {
  const first = await start();
  const pid = serverPid();
  const stopping = first.stop();
  const second = await start(undefined, how);
  expect(serverPid()).not.toBe(pid);
  expect(await query(second.url, 'SELECT 1')).toEqual([1]);
  await stopping;
});

test('the server is out of the reach of Ctrl-C, in a process group of its own', async () => {
  await start();
  const group = execFileSync('ps', ['-o', 'pgid=', '-p', String(serverPid())]);
  expect(Number(group)).toBe(serverPid());
});

test.each([
  ['a live process that is no server', () => String(process.pid)],
  ['a process that has ended', () => '4194000'],
  ['nothing', () => ''],
])('a postmaster.pid that names %s is cleared', async (_, pid) => {
  await (await start()).stop();
  const content =
    pid() && `${pid()}\n${path.join(scratch, 'data/postgres')}\n1700000000\n5432\n\n127.0.0.1\n`;
  fs.writeFileSync(path.join(scratch, 'data/postgres/postmaster.pid'), content);
  const postgres = await start();
  expect(postgres.adopted).toBe(false);
  expect(await query(postgres.url, 'SELECT 1')).toEqual([1]);
});

test('a second start is refused, and the first goes on', async () => {
  const first = await start();
  const dataDir = path.join(scratch, 'data');
  const message = `another Gatehouse process is using DATA_DIR ${dataDir}: stop it first, or set DATA_DIR to another directory`;
  await expect(start()).rejects.toThrow(message);
  await expect(start()).rejects.toBeInstanceOf(EmbeddedPostgresError);
  expect((await startElsewhere(dataDir)).said).toContain(message);
  expect(await query(first.url, 'SELECT 1')).toEqual([1]);
});

test('of first starts at once, one wins and the others are told', async () => {
  const dataDir = path.join(scratch, 'data');
  const said = (await Promise.all([1, 2, 3].map(() => startElsewhere(dataDir)))).map((other) => other.said);
  const pid = serverPid();
  undo.push(
    () => ended(pid),
    () => void process.kill(pid, 'SIGINT'),
  );
  expect(said.filter((line) => line.startsWith('started'))).toHaveLength(1);
  expect(said.filter((line) => line.includes('another Gatehouse process is using DATA_DIR'))).toHaveLength(2);
  expect(fs.readdirSync(dataDir).filter((entry) => entry.includes('.new-'))).toEqual([]);
});

test('a tool joins the server of a service and leaves it running', async () => {
  const service = await start();
  const tool = await start(undefined, joinEmbeddedPostgres);
  expect(tool.url).toBe(service.url);
  await tool.stop();
  expect(await query(service.url, 'SELECT 1')).toEqual([1]);
});

test('a tool without a service starts a server and ends it', async () => {
  const tool = await start(undefined, joinEmbeddedPostgres);
  expect(await query(tool.url, 'SELECT 1')).toEqual([1]);
  const pid = serverPid();
  await tool.stop();
  expect(isAlive(pid)).toBe(false);
});

test('the owner is told when the server dies by itself, and can start another', async () => {
  const postgres = await start();
  const died = new Promise<string>((resolve) => postgres.onExit(resolve));
  process.kill(serverPid(), 'SIGKILL');
  expect(await died).toMatch(/PostgreSQL \(process \d+\) has ended/);
  await postgres.stop();
  expect(await query((await start()).url, 'SELECT 1')).toEqual([1]);
});

test('the owner keeps its lock when PostgreSQL restarts its processes after a crash of one', async () => {
  const postgres = await start();
  const died = jest.fn();
  postgres.onExit(died);
  const owner = `SELECT pid FROM pg_locks WHERE locktype = 'advisory'`;
  const [backend] = await query(postgres.url, owner);
  process.kill(Number(backend), 'SIGKILL');
  const again = await poll(10_000, async () => {
    const [pid] = await query(postgres.url, owner).catch(() => []);
    return pid !== backend && pid;
  });
  expect(again).toEqual(expect.any(Number));
  await expect(start()).rejects.toThrow('another Gatehouse process');
  expect(died).not.toHaveBeenCalled();
});

test('a server that cannot start says why and leaves no process', async () => {
  await (await start()).stop();
  const dataDir = path.join(scratch, 'data');
  fs.appendFileSync(path.join(dataDir, 'postgres/postgresql.conf'), 'no_such_setting = 1\n');
  await expect(start()).rejects.toThrow(
    /DATA_DIR .*unrecognized configuration parameter "no_such_setting"|errors/,
  );
  expect(fs.existsSync(path.join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
});

test('a password file that does not fit is named, and the server ends', async () => {
  await (await start()).stop();
  fs.writeFileSync(path.join(scratch, 'data/postgres.password'), 'another\n');
  await expect(start()).rejects.toThrow(/does not accept the password in .*postgres\.password/);
  expect(fs.existsSync(path.join(scratch, 'data/postgres/postmaster.pid'))).toBe(false);
});
