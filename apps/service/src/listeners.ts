import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
  ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { HTTP_LIMITS, serverOptions } from './http-limits.js';
import { answerUnreadable } from './unreadable-request.js';
import { OperatorError } from '@gatehouse/kernel';

/** An address or port that cannot be listened on; the message names the setting. */
export class ListenError extends OperatorError {
  override readonly name = 'ListenError';
}

/** How long running requests may take to finish once the service stops. */
const DRAIN_MS = 10_000;

/** HTTP servers, one for each address and port, all in front of one handler: the service's Fastify, or what it tells of itself. */
export class Listeners {
  private readonly servers: Server[] = [];
  private leaving = false;

  /**
   * @param setting which one gives the ports: complaints name it
   * @param limits what a client may take and hold
   */
  constructor(
    private readonly handler: Pick<FastifyInstance, 'routing'>,
    private readonly setting: 'PORTS' | 'METRICS_PORT' = 'PORTS',
    private readonly limits = HTTP_LIMITS,
  ) {}

  /**
   * Listens on every port of every host. Port 0 takes a free one, the same on every host. Gives the ports.
   * Throws ListenError, and then listens on none.
   */
  async open(hosts: readonly string[], ports: readonly number[]): Promise<number[]> {
    try {
      const taken: number[] = [];
      for (const port of ports) taken.push(await this.openPort(hosts, port));
      return taken;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /**
   * From now on every answer ends its connection, so that clients which keep theirs move on to another node with their
   * next request. Requests are accepted as before.
   */
  leave(): void {
    this.leaving = true;
  }

  /** Stops accepting, lets running requests finish for `drain` milliseconds, then closes their connections. */
  async close(drain = DRAIN_MS): Promise<void> {
    this.leave();
    const closed = this.servers.map((server) => new Promise((resolve) => server.close(resolve)));
    // One that is kept without a request in it would otherwise hold us for its time-out.
    const idle = setInterval(() => this.servers.forEach((server) => server.closeIdleConnections()), 50);
    const late = setTimeout(() => this.servers.forEach((server) => server.closeAllConnections()), drain);
    await Promise.all(closed);
    clearInterval(idle);
    clearTimeout(late);
  }

  private async openPort(hosts: readonly string[], port: number): Promise<number> {
    let actual = port;
    for (const [index, host] of hosts.entries()) {
      const server = this.makeServer();
      try {
        await listen(server, host, actual);
      } catch (error) {
        // A machine without IPv6 is still reached by IPv4.
        if (index > 0 && isNoSuchAddress(error)) continue;
        throw explain(error, this.setting, host, actual);
      }
      this.servers.push(server);
      actual = (server.address() as AddressInfo).port;
    }
    return actual;
  }

  private makeServer(): Server {
    const handle: RequestListener = (request, response) => this.handler.routing(request, response);
    const options = { ...serverOptions(this.limits), ServerResponse: answersOf(() => this.leaving) };
    const server = createServer(options, handle);
    server.timeout = this.limits.silence;
    server.on('clientError', answerUnreadable);
    // An expectation that Node does not know may be ignored (RFC 9110 §10.1.1); Node itself would answer 417.
    server.on('checkExpectation', handle);
    return server;
  }
}

/**
 * Answers that end their connection where the service leaves when they are sent: the request may have come before, and
 * its client would send the next one into a connection that is about to be closed.
 */
const answersOf = (leaving: () => boolean): typeof ServerResponse =>
  class<Request extends IncomingMessage> extends ServerResponse<Request> {
    override writeHead(status: number, reason?: unknown, headers?: OutgoingHttpHeaders): this {
      if (leaving()) this.setHeader('Connection', 'close');
      return super.writeHead(status, reason as string, headers);
    }
  };

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;
const isNoSuchAddress = (error: unknown): boolean =>
  ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error) as string);

function explain(error: unknown, setting: string, host: string, port: number): ListenError {
  const reasons: Record<string, string> = {
    EADDRINUSE: `${setting}: another program listens on port ${port} of ${host} already: stop it, or set ${setting} to other ports`,
    EACCES: `${setting}: this user may not listen on port ${port} of ${host}: set ${setting} to ports above 1023`,
    EADDRNOTAVAIL: `HOST: this machine has no address ${host}`,
    ENOTFOUND: `HOST: there is no host named ${host}`,
  };
  const code = String(codeOf(error));
  return new ListenError(
    reasons[code] ?? `HOST, ${setting}: cannot listen on port ${port} of ${host} (${code})`,
    { cause: error },
  );
}
