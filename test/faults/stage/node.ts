import { CuttableProxy } from '../../support/cuttable-proxy.js';
import { type RunningService, startProcess } from '../../support/start-process.js';
import type { NodeName } from '../log.js';

/**
 * REFRESH_REUSE_GRACE of the nodes: short, so that a round sees both sides of it; and longer than an acknowledgement may
 * take, as it is by default.
 */
export const GRACE_MS = 4_000;

/** One service process, with a way of its own to PostgreSQL and to Redis. */
export class StageNode {
  private running: RunningService | undefined;

  private constructor(
    readonly name: NodeName,
    readonly toPostgres: CuttableProxy,
    readonly toRedis: CuttableProxy,
  ) {}

  /** @param stores where they listen; asked at each connection */
  static async start(
    name: NodeName,
    stores: { postgres: () => string; redis: () => string },
  ): Promise<StageNode> {
    const proxies = [CuttableProxy.before(stores.postgres), CuttableProxy.before(stores.redis)] as const;
    const [toPostgres, toRedis] = await Promise.all(proxies);
    const node = new StageNode(name, toPostgres, toRedis);
    await node.launch();
    return node;
  }

  /** Where it listens, or listened before it was killed. */
  readonly url = (): string => (this.running as RunningService).url;

  /** What its process has printed. */
  get output(): string {
    const { stdout, stderr } = (this.running as RunningService).process.output;
    return stdout + stderr;
  }

  pause(): void {
    this.running?.process.kill('SIGSTOP');
  }

  resume(): void {
    this.running?.process.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    await this.running?.stop('SIGKILL');
  }

  /** Starts its process, or another one after `kill`, and waits until it listens. */
  async launch(): Promise<void> {
    this.running = await startProcess({
      GATEHOUSE_MODE: 'development',
      HOST: '127.0.0.1',
      PORTS: '0',
      JWT_ISSUER: 'http://localhost',
      LOG_LEVEL: 'warn',
      REFRESH_REUSE_GRACE: `${GRACE_MS / 1000}s`,
      DATABASE_URL: this.toPostgres.url,
      REDIS_URL: this.toRedis.url,
    });
  }

  /** Whatever was done to it is undone. */
  async heal(): Promise<void> {
    this.toPostgres.mend();
    this.toRedis.mend();
    this.resume();
    if (!this.running?.process.running) await this.launch();
  }

  async stop(): Promise<void> {
    this.resume();
    await this.kill();
    await Promise.all([this.toPostgres.close(), this.toRedis.close()]);
  }
}
