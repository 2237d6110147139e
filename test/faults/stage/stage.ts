import { PostgresServer } from '../../support/postgres-server.js';
import { RedisServer } from '../../support/redis-server.js';
import { endLeftovers } from '../../support/start-process.js';
import type { NodeName } from '../log.js';
import { StageNode } from './node.js';

/** One real PostgreSQL, one real Redis, and two nodes that reach each by a proxy of their own. */
export class Stage {
  private readonly servers = new Set<RedisServer>();
  private nodesByName: Readonly<Record<NodeName, StageNode>>;

  private constructor(
    readonly postgres: PostgresServer,
    private served: Readonly<Record<NodeName, RedisServer>>,
  ) {}

  static async open(): Promise<Stage> {
    const redis = await RedisServer.start();
    const postgres = await PostgresServer.start();
    const stage = new Stage(postgres, { A: redis, B: redis });
    stage.servers.add(redis);
    const start = (name: NodeName): Promise<StageNode> =>
      StageNode.start(name, { postgres: () => postgres.url, redis: () => stage.served[name].url });
    try {
      // the first one migrates
      const A = await start('A');
      stage.nodesByName = { A, B: await start('B') };
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  get nodes(): Readonly<Record<NodeName, StageNode>> {
    return this.nodesByName;
  }

  /** The Redis that node A is led to, and B too unless somebody is just moving them. */
  get redis(): RedisServer {
    return this.served.A;
  }

  /** Another Redis, for replication: it is stopped with the stage at the latest. */
  async startRedis(): Promise<RedisServer> {
    const server = await RedisServer.start();
    this.servers.add(server);
    return server;
  }

  /** Leads a node to another Redis; its connections to the one before end. */
  lead(name: NodeName, server: RedisServer): void {
    this.served = { ...this.served, [name]: server };
    this.nodes[name].toRedis.drop();
  }

  /** Stops servers that no node is led to. */
  async dismiss(): Promise<void> {
    const needless = [...this.servers].filter(
      (server) => server !== this.served.A && server !== this.served.B,
    );
    for (const server of needless) this.servers.delete(server);
    await Promise.all(needless.map((server) => server.stop()));
  }

  /** Whatever a fault has left half done is undone. */
  async heal(): Promise<void> {
    this.postgres.thaw();
    for (const server of this.servers) server.thaw();
    await Promise.all(Object.values(this.nodes).map((node) => node.heal()));
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.nodesByName ?? {}).map((node) => node.stop()));
    await Promise.all([...this.servers].map((server) => server.stop()));
    this.postgres.thaw();
    await this.postgres.stop();
    await endLeftovers();
  }
}
