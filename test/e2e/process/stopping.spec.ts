import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { newDataDir, postgresRunsIn, until } from '../../support/data-dirs.js';
import { holdLock } from '../../support/held-lock.js';
import { send } from '../../support/http.js';
import { camel, freshName } from '../../support/race-client.js';
import {
  endLeftovers,
  launch,
  type Launched,
  type RunningService,
  SERVICE,
  startProcess,
} from '../../support/start-process.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

/** A connection on which an answer has come and which is kept for the next request. */
async function idleConnection(url: string): Promise<net.Socket> {
  const agent = new http.Agent({ keepAlive: true });
  const socket = await new Promise<net.Socket>((resolve, reject) => {
    const request = http.get(`${url}/health/live`, { agent }, (response) => {
      response.resume().on('end', () => resolve(request.socket as net.Socket));
    });
    request.on('error', reject);
  });
  return socket;
}

/** Whether nobody listens there. One that came just before is reset instead, or still answered. */
const refuses = (url: string): Promise<boolean> =>
  send('GET', `${url}/health/live`).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED',
  );

/** A request whose last line is still to come. */
async function begunRequest(port: number, target: string) {
  const socket = net.connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const closed = new Promise<string>((resolve, reject) => {
    socket.on('error', reject).on('close', () => resolve(text));
  });
  await new Promise<void>((resolve) =>
    socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n`, () => resolve()),
  );
  return {
    finish: (): Promise<string> => {
      socket.write('\r\n');
      return closed;
    },
  };
}

describe('a service with requests in hand', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await testDatabase()));
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes them after a %s, takes no new ones, and ends with 0',
    async (signal) => {
      const service = await startProcess({ GATEHOUSE_MODE: 'development', DATABASE_URL: database.url });
      const username = freshName();
      await camel.register(service.url, { username, email: `${username}@example.com` });
      const idle = await idleConnection(service.url);
      const idleClosed = new Promise<boolean>((resolve) => idle.once('close', () => resolve(true)));
      const ready = await begunRequest(service.ports[1] as number, '/health/ready');
      // the login needs a row that somebody else has, and so takes as long as we want
      const lock = await holdLock(database, 'SELECT FROM users WHERE username = $1 FOR UPDATE', [username]);
      const login = camel.login(service.url, username);
      await lock.untilWaiting(1);

      service.process.kill(signal);
      expect(await idleClosed).toBe(true);
      for (const url of service.urls) await until(`${url} refuses`, () => refuses(url));
      const answer = await ready.finish();
      expect(answer).toMatch(/^HTTP\/1\.1 503 [^]*\r\nconnection: close\r\n[^]*"stopping":true/i);
      // what npm and a terminal do: the same signal once more
      service.process.kill(signal);
      // long enough for a service that cuts its connections to cut this one
      await setTimeout(200);
      expect(service.process.running).toBe(true);

      await lock.release();
      const { status, json, headers } = await login;
      expect([status, json.username, headers.connection]).toEqual([200, username, 'close']);
      const exit = await service.process.exited();
      expect({ code: exit.code, stderr: exit.stderr }).toEqual({ code: 0, stderr: '' });
      expect(exit.stdout.match(/stopping/g)).toHaveLength(1);
    },
  );
});

describe('a signal during the start', () => {
  let dir: string;
  beforeAll(() => (dir = newDataDir()));
  afterAll(endLeftovers);

  const launchIt = (): Launched => launch(SERVICE, { GATEHOUSE_MODE: 'development', DATA_DIR: dir });
  const postmasterFile = (): string => path.join(dir, 'postgres/postmaster.pid');

  // In this order each start comes further than the one before; alone, on a fresh directory, each comes as far too.
  it.each<[string, (child: Launched) => Promise<unknown>]>([
    ['while initdb works', (child) => child.printed(/making a new PostgreSQL/)],
    ['while PostgreSQL comes up', () => until('postmaster.pid', () => fs.existsSync(postmasterFile()))],
    ['after the migrations', (child) => child.printed(/migrated the database/)],
  ])('%s: it ends by itself with 0, and so does PostgreSQL', async (_, moment) => {
    const child = launchIt();
    await moment(child);
    const { code, stdout, stderr } = await child.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('is ready');
    expect(postgresRunsIn(dir)).toBe(false);
    expect(fs.existsSync(postmasterFile())).toBe(false);
  });

  it('at once, before it can say anything: it ends, and starts nothing', async () => {
    const { code, stdout, stderr } = await launchIt().stop();
    expect([0, null]).toContain(code);
    expect([stdout, stderr]).toEqual(['', '']);
    expect(postgresRunsIn(dir)).toBe(false);
  });

  it('does no harm: the next start works, and a Ctrl-C ends it with its PostgreSQL', async () => {
    const service: RunningService = await startProcess({ GATEHOUSE_MODE: 'development', DATA_DIR: dir });
    expect((await camel.login(service.url, 'admin', 'gatehouse-admin')).status).toBe(200);
    expect((await service.stop('SIGINT')).code).toBe(0);
    expect(postgresRunsIn(dir)).toBe(false);
  });

  it('while it waits for a PostgreSQL that is not there: it waits no longer', async () => {
    const DATABASE_URL = 'postgres://gatehouse:hunter2-hunter2@127.0.0.1:1/gatehouse';
    const child = launch(SERVICE, { GATEHOUSE_MODE: 'development', DATABASE_URL });
    await child.printed(/waiting for PostgreSQL at 127\.0\.0\.1:1\/gatehouse/);
    const { code, stdout, stderr } = await child.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('hunter2');
  });
});
