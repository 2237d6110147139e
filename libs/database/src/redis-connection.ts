import type { Redis as RedisType } from 'ioredis';

/** How long a batch may take, and how long a connection may take to be ready. */
const COMMAND_MS = 250;
const CONNECT_MS = 1_000;

/** Redis did not answer: no connection, a time-out, or a connection that was lost. */
export class RedisUnreachable extends Error {
  override readonly name = 'RedisUnreachable';
}

export type Command = readonly [name: string, ...args: (string | number)[]];

/**
 * One connection to one server. It is never reopened, keeps nothing for later and sends nothing twice: whoever holds
 * it knows that the replies of a batch come from one server process, in order. After a failure it is closed for good.
 */
export class RedisConnection {
  private closed = false;

  private constructor(private readonly redis: RedisType) {}

  /** Throws RedisUnreachable, or what the server answered: a wrong password, say. */
  static async open(url: string): Promise<RedisConnection> {
    // Loaded where it is needed: a service without Redis starts without it.
    const { Redis } = await import('ioredis');
    const redis = new Redis(url, {
      lazyConnect: true,
      connectionName: 'gatehouse',
      connectTimeout: CONNECT_MS,
      retryStrategy: null,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      // a server that loads its data says so in each reply
      enableReadyCheck: false,
    });
    let cause: Error | undefined;
    redis.on('error', (error: Error) => void (cause ??= error));
    const late = setTimeout(() => redis.disconnect(), CONNECT_MS + COMMAND_MS);
    try {
      await redis.connect();
    } catch (error) {
      redis.disconnect();
      throw new RedisUnreachable(`no connection: ${(cause ?? (error as Error)).message}`, { cause });
    } finally {
      clearTimeout(late);
    }
    return new RedisConnection(redis);
  }

  get isOpen(): boolean {
    return !this.closed && this.redis.status === 'ready';
  }

  /** Called once the connection is lost. */
  onClose(listener: () => void): void {
    this.redis.once('end', listener);
  }

  /**
   * Sends the commands in one write and gives a reply for each, an error reply as an Error. Throws RedisUnreachable
   * where they do not all come in time, and closes the connection then: what they still do is not known.
   */
  async batch(commands: readonly Command[]): Promise<readonly unknown[]> {
    if (!this.isOpen) throw new RedisUnreachable('the connection is lost');
    const pipeline = this.redis.pipeline();
    for (const [name, ...args] of commands) pipeline.call(name, ...args);
    const replies = await inTime(pipeline.exec());
    if (!replies) {
      this.close();
      throw new RedisUnreachable(`no answer within ${COMMAND_MS} ms`);
    }
    return replies.map(([error, reply]) => error ?? reply);
  }

  close(): void {
    if (this.closed) return;
    // A server that does not answer does not say goodbye either: for ioredis the connection is then open for seconds.
    this.closed = true;
    this.redis.disconnect();
  }
}

/** Undefined where the work takes longer than a batch may. What has arrived in the meantime counts as in time. */
function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => setImmediate(() => resolve(undefined)), COMMAND_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
