import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { HTTP_LIMITS } from './http-limits.js';
import { Listeners } from './listeners.js';

const SHORT = { head: 150, request: 300, idle: 100, silence: 200, check: 20, headBytes: 1024 };
const LARGE = 64 * 1024 * 1024;
const HEAD = 'POST / HTTP/1.1\r\nHost: x\r\n';

describe('what a client may take', () => {
  let listeners: Listeners;
  let port: number;
  let sockets: Socket[];
  const accepted = new EventEmitter();
  beforeAll(async () => {
    const routing = (request: IncomingMessage, response: ServerResponse): void => {
      if (request.url === '/large') accepted.emit('large', response);
      request.resume();
      request.on('end', () => response.end(request.url === '/large' ? Buffer.alloc(LARGE) : 'ok'));
    };
    listeners = new Listeners({ routing }, 'PORTS', SHORT);
    [port] = (await listeners.open(['127.0.0.1'], [0])) as [number];
  });
  beforeEach(() => (sockets = []));
  afterEach(() => sockets.forEach((socket) => socket.destroy()));
  afterAll(() => listeners.close(0));

  const open = (): Socket => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    return socket;
  };
  /** Settles when the server has hung up; gives what it said. */
  const heard = async (socket: Socket): Promise<string> => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(socket, 'close');
    return Buffer.concat(chunks).toString();
  };

  it('a connection without a byte is closed', async () => {
    expect(await heard(open())).toMatch(/^HTTP\/1\.1 408 |^$/);
  });

  it('a head that comes a byte at a time is refused', async () => {
    const socket = open();
    socket.write(`${HEAD}X-Slow: `);
    const drip = setInterval(() => socket.write('x'), 20);
    const answer = await heard(socket);
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('a body that comes a byte at a time is refused, however busy the connection', async () => {
    const socket = open();
    socket.write(`${HEAD}Content-Length: 100000\r\n\r\n`);
    const drip = setInterval(() => socket.write('x'), 20);
    const answer = await heard(socket);
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('a connection is kept for a while after a request, and not for ever', async () => {
    const socket = open();
    socket.write(`${HEAD}Content-Length: 0\r\n\r\n`);
    expect(await heard(socket)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('a client that does not take its answer is cut off', async () => {
    const socket = open();
    socket.pause();
    socket.write('POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    const [response] = (await once(accepted, 'large')) as [ServerResponse];
    await once(response, 'close');
    socket.resume();
    expect((await heard(socket)).length).toBeLessThan(LARGE);
  });

  it('more of a head than its limit is refused', async () => {
    const socket = open();
    socket.write(`${HEAD}X-Long: ${'x'.repeat(2000)}\r\n\r\n`);
    expect(await heard(socket)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('are patient with people and outlive the connections that load balancers keep', () => {
    expect(HTTP_LIMITS.head).toBeLessThan(HTTP_LIMITS.request);
    expect(HTTP_LIMITS.idle).toBeGreaterThan(60_000);
  });
});
