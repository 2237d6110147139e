import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Of the URLs that name none. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'postgres:': 5432, 'redis:': 6379 };

/** One client's connection and the one that was opened for it. */
interface Line {
  readonly near: Socket;
  /** Undefined while nothing gets through. */
  far: Socket | undefined;
}

/** A TCP proxy in front of PostgreSQL or Redis, that a test cuts, silences and mends. */
export class CuttableProxy {
  private readonly lines = new Set<Line>();
  private state: 'open' | 'silent' | 'cut' = 'open';

  private constructor(
    private readonly server: Server,
    private readonly target: () => URL,
  ) {}

  /** @param target URL of the server behind it, or what gives it: it is asked for each new connection */
  static async before(target: string | (() => string)): Promise<CuttableProxy> {
    const server = createServer();
    const proxy = new CuttableProxy(server, () => new URL(typeof target === 'string' ? target : target()));
    server.on('connection', (socket) => proxy.accept(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** The server's URL through the proxy. */
  get url(): string {
    const url = this.target();
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** Ends every connection and refuses new ones until it is mended. */
  cut(): void {
    this.state = 'cut';
    this.drop();
  }

  /**
   * Lets nothing through in either direction until it is mended, and ends no connection: what was sent meanwhile
   * arrives then.
   */
  silence(): void {
    this.state = 'silent';
    for (const { near, far } of this.lines) {
      if (!far) continue;
      near.unpipe(far).pause();
      far.unpipe(near).pause();
    }
  }

  mend(): void {
    const wasSilent = this.state === 'silent';
    this.state = 'open';
    if (!wasSilent) return;
    for (const line of this.lines) {
      if (line.far) line.near.pipe(line.far).pipe(line.near);
      else this.carry(line);
    }
  }

  /** Ends every connection; new ones are served. For clients that must find another server behind it. */
  drop(): void {
    for (const { near, far } of this.lines) {
      near.destroy();
      far?.destroy();
    }
  }

  close(): Promise<void> {
    this.cut();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private accept(near: Socket): void {
    if (this.state === 'cut') {
      near.destroy();
      return;
    }
    const line: Line = { near, far: undefined };
    this.lines.add(line);
    near.on('error', () => near.destroy());
    near.on('close', () => {
      this.lines.delete(line);
      line.far?.destroy();
    });
    if (this.state === 'open') this.carry(line);
  }

  private carry(line: Line): void {
    const { port, protocol, hostname } = this.target();
    const far = connect(Number(port || DEFAULT_PORTS[protocol]), hostname);
    line.far = far;
    far.on('error', () => far.destroy());
    far.on('close', () => line.near.destroy());
    line.near.pipe(far).pipe(line.near);
  }
}
