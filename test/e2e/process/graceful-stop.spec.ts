import http from 'node:http';
import net from 'node:net';
import { STOP_MS } from '../../../apps/service/src/lifecycle.js';
import { Balancer } from '../../support/balancer.js';
import { CuttableProxy } from '../../support/cuttable-proxy.js';
import { eventually } from '../../support/eventually.js';
import { holdLock } from '../../support/held-lock.js';
import { type Answer, send } from '../../support/http.js';
import { camel, freshName, PASSWORD } from '../../support/race-client.js';
import {
  endLeftovers,
  type Exit,
  launch,
  type RunningService,
  SERVICE,
  type Settings,
  startProcess,
} from '../../support/start-process.js';
import { SteadyClients } from '../../support/steady-clients.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

const DELAY_MS = 3_000;
const CLIENTS = 6;

const production = (database: TestDatabase): Settings => ({
  HOST: '127.0.0.1',
  PORTS: '0',
  DATABASE_URL: database.url,
  PUBLIC_URL: 'https://auth.example.com',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'no-reply@example.com',
  SECRET_KEYS: 'a production secret of forty characters.',
  SHUTDOWN_DELAY: `${DELAY_MS}ms`,
  // all clients share one network and one account here
  THROTTLE: 'false',
});

/** The lines of a production log. */
const logOf = ({ process }: RunningService): Record<string, unknown>[] =>
  process.output.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** A connection that sends this and then nothing more. Resolves when it is connected; `closed` when the server ended it. */
async function silentAfter(port: number, text: string): Promise<{ closed: Promise<void> }> {
  const socket = net.connect(port, '127.0.0.1');
  socket.resume().on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  if (text !== '') await new Promise<void>((resolve) => socket.write(text, () => resolve()));
  return { closed };
}

/** One node's stop, as its clients and its operator see it. */
interface Stop {
  readonly node: RunningService;
  /** What /health/ready said, and what another request got once the balancer had left. */
  readonly told: Answer;
  readonly served: Answer;
  readonly ms: number;
  readonly exit: Exit;
}

describe('a rolling restart of two nodes under load', () => {
  let database: TestDatabase;
  const balancer = new Balancer();
  const clients = new SteadyClients(balancer);
  const stops: Stop[] = [];
  const answersOf = ({ url }: RunningService): Answer[] =>
    clients.exchanges.flatMap(({ node, answer }) =>
      node === url && !(answer instanceof Error) ? [answer] : [],
    );

  async function startNode(): Promise<RunningService> {
    const node = await startProcess(production(database));
    balancer.watch(node.url);
    await eventually('requests for the new node', () => balancer.isReady(node.url));
    return node;
  }

  async function stopNode(node: RunningService): Promise<void> {
    const agent = new http.Agent({ keepAlive: true });
    const get = (path: string): Promise<Answer> => send('GET', node.url + path, { agent });
    await eventually('an answer of this node', () => answersOf(node).length > CLIENTS);
    const begun = performance.now();
    node.process.kill('SIGTERM');
    const told = await eventually('ready to say no', async () => {
      const answer = await get('/health/ready');
      return answer.status === 503 ? answer : undefined;
    });
    await eventually('the balancer to leave', () => !balancer.isReady(node.url));
    // what npm and a terminal do: the same signal once more
    node.process.kill('SIGTERM');
    const served = await get('/.well-known/jwks.json');
    const exit = await node.process.exited();
    stops.push({ node, told, served, ms: performance.now() - begun, exit });
  }

  beforeAll(async () => {
    database = await testDatabase();
    const first = await startNode();
    const second = await startNode();
    await clients.start(CLIENTS);
    await stopNode(first);
    const third = await startNode();
    await stopNode(second);
    await eventually('the third to go on alone', () => answersOf(third).length > CLIENTS);
    await clients.stop();
  }, 90_000);
  afterAll(async () => {
    await clients.stop();
    balancer.stop();
    await endLeftovers();
    await database.drop();
  });

  it('fails no request', () => {
    const failed = clients.exchanges.filter(({ answer }) => answer instanceof Error || answer.status !== 200);
    expect(failed).toEqual([]);
    expect(stops).toHaveLength(2);
  });

  it('tells the balancer first, and takes requests until that has left', () => {
    for (const { told, served } of stops) {
      const json = { status: 'unavailable', stopping: true, postgres: 'ok' };
      expect(told).toMatchObject({ status: 503, json });
      expect(told.headers['retry-after']).toMatch(/^[1-9]\d*$/);
      expect(served.status).toBe(200);
    }
  });

  it('sends clients away that keep their connections, but not before', () => {
    for (const { node, told, served } of stops) {
      expect([told.headers.connection, served.headers.connection]).toEqual(['close', 'close']);
      const kept = answersOf(node).map(({ headers }) => headers.connection);
      expect(kept.slice(0, CLIENTS)).toEqual(Array(CLIENTS).fill('keep-alive'));
    }
  });

  it('ends with 0, after the delay and within the time that a stop may take', () => {
    for (const { exit, ms } of stops) {
      expect({ code: exit.code, stderr: exit.stderr }).toEqual({ code: 0, stderr: '' });
      expect(ms).toBeGreaterThanOrEqual(DELAY_MS);
      expect(ms).toBeLessThan(DELAY_MS + STOP_MS);
    }
  });

  it('is in the log, and so is every request that was answered', () => {
    for (const { node, told, served } of stops) {
      const lines = logOf(node);
      const events = lines.map(({ event }) => event);
      for (const event of ['stopping', 'stopped'])
        expect(events.filter((each) => each === event)).toHaveLength(1);
      expect(events.at(-1)).toBe('stopped');
      const logged = new Set(
        lines.filter(({ event }) => event === 'request').map(({ requestId }) => requestId),
      );
      const answered = [...answersOf(node), told, served].map(({ headers }) => headers['x-request-id']);
      expect(answered.filter((id) => !logged.has(id))).toEqual([]);
    }
  });
});

describe('a service that is told to stop', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await testDatabase()));
  afterAll(async () => {
    await endLeftovers();
    await database.drop();
  });

  it('answers what it has begun, and ends that connection too', async () => {
    const service = await startProcess({ ...production(database), SHUTDOWN_DELAY: '0s' });
    const username = freshName();
    await camel.register(service.url, { username, email: `${username}@example.com` });
    const lock = await holdLock(database, 'SELECT FROM users WHERE username = $1 FOR UPDATE', [username]);
    const agent = new http.Agent({ keepAlive: true });
    const body = { username, password: PASSWORD };
    const login = send('POST', `${service.url}/camel/api/v1/auth/login`, { body, agent });
    await lock.untilWaiting(1);
    service.process.kill('SIGTERM');
    await eventually('it to take no more', () =>
      send('GET', `${service.url}/health/live`).then(
        () => false,
        (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED',
      ),
    );
    await lock.release();
    const answer = await login;
    expect([answer.status, answer.headers.connection]).toEqual([200, 'close']);
    expect((await service.process.exited()).code).toBe(0);
    const lines = logOf(service);
    expect(lines.at(-1)).toMatchObject({ event: 'stopped' });
    expect(lines).toContainEqual(
      expect.objectContaining({ requestId: answer.headers['x-request-id'], status: 200 }),
    );
  });

  it('waits for no client that sends nothing, or not to the end', async () => {
    const service = await startProcess({ ...production(database), SHUTDOWN_DELAY: '0s' });
    const [port] = service.ports as [number];
    const head =
      'POST /camel/api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    const silent = await Promise.all([
      silentAfter(port, ''),
      silentAfter(port, head),
      silentAfter(port, `${head}Content-Length: 100\r\n\r\n{"username":`),
      // one that is kept after its answer
      silentAfter(port, 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'),
    ]);
    const begun = performance.now();
    const { code, stderr } = await service.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(performance.now() - begun).toBeLessThan(STOP_MS);
    await Promise.all(silent.map(({ closed }) => closed));
  });

  it('answers and ends while PostgreSQL hangs, too', async () => {
    const proxy = await CuttableProxy.before(database.url);
    const settings = { ...production(database), DATABASE_URL: proxy.url, SHUTDOWN_DELAY: '0s' };
    const service = await startProcess(settings);
    expect((await send('GET', `${service.url}/health/ready`)).status).toBe(200);
    proxy.silence();
    const agent = new http.Agent({ keepAlive: true });
    // on a connection that the service knows: a new one might come too late
    await send('GET', `${service.url}/health/live`, { agent });
    const login = send('POST', `${service.url}/camel/api/v1/auth/login`, {
      body: { username: freshName(), password: PASSWORD },
      agent,
    });
    // and when this one is answered, the service has begun with the one before
    await send('GET', `${service.url}/health/ready`);
    const { code, stderr } = await service.stop();
    expect(await login).toMatchObject({ status: 503, headers: { connection: 'close', 'retry-after': '2' } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await proxy.close();
  }, 60_000);

  it('does not wait for balancers where it has not begun to take requests', async () => {
    const DATABASE_URL = 'postgres://gatehouse:x@127.0.0.1:1/gatehouse';
    const settings = { ...production(database), DATABASE_URL, SHUTDOWN_DELAY: '10m' };
    const child = launch(SERVICE, settings);
    await child.printed(/waiting for PostgreSQL/);
    const { code, stderr } = await child.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(child.output.stdout).not.toContain('stopping');
  });
});
