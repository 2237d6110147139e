import { CuttableProxy } from '../../support/cuttable-proxy.js';
import { eventually } from '../../support/eventually.js';
import type { RedisServer } from '../../support/redis-server.js';
import type { Stage } from '../stage/stage.js';
import { type Fault, lasting } from './fault.js';

interface Replication {
  readonly replica: RedisServer;
  /** Between master and replica. */
  readonly link: CuttableProxy;
}

async function replicate(stage: Stage): Promise<Replication> {
  const { redis } = stage;
  const [replica, link] = await Promise.all([stage.startRedis(), CuttableProxy.before(() => redis.url)]);
  await replica.command('REPLICAOF', '127.0.0.1', new URL(link.url).port);
  await eventually('the replica to have everything', async () => {
    const [state, offset] = await Promise.all([
      replica.info('replication', 'master_link_status'),
      replica.info('replication', 'slave_repl_offset'),
    ]);
    return state === 'up' && offset === (await redis.info('replication', 'master_repl_offset'));
  });
  return { replica, link };
}

/** A fault that needs a replica from before the load. */
function withReplica(
  name: string,
  strike: (replication: Replication, ...args: Parameters<Fault['strike']>) => Promise<void>,
): Fault {
  let replication: Replication;
  return {
    name,
    mayRefuse: [],
    prepare: async (stage) => {
      replication = await replicate(stage);
    },
    strike: async (stage, mark) => {
      try {
        await strike(replication, stage, mark);
      } finally {
        await replication.link.close();
      }
    },
  };
}

export const REPLICATION_FAULTS: readonly Fault[] = [
  withReplica('Redis replaced by a replica that missed writes', async ({ replica, link }, stage) => {
    link.cut();
    await lasting(1);
    await stage.redis.kill();
    await replica.command('REPLICAOF', 'NO', 'ONE');
    for (const name of ['A', 'B'] as const) stage.lead(name, replica);
  }),
  withReplica('Redis split in two masters, and one demoted', async ({ replica, link }, stage) => {
    const master = stage.redis;
    link.cut();
    await lasting(1);
    await replica.command('REPLICAOF', 'NO', 'ONE');
    stage.lead('B', replica);
    await lasting(2);
    // node A is still connected, and the server loads the other one's older data
    await master.command('REPLICAOF', '127.0.0.1', replica.port);
    await lasting(1);
    stage.lead('A', replica);
  }),
  {
    ...withReplica(
      'Redis split in two masters, and the node at the old one without PostgreSQL',
      async ({ replica, link }, stage) => {
        const master = stage.redis;
        link.cut();
        await lasting(0.5);
        // it cannot hear that another server is trusted: all that stops it is the end of its lease
        stage.nodes.B.toPostgres.silence();
        await replica.command('REPLICAOF', 'NO', 'ONE');
        stage.lead('A', replica);
        await lasting(5);
        stage.nodes.B.toPostgres.mend();
        await lasting(0.5);
        await master.kill();
        stage.lead('B', replica);
      },
    ),
    mayRefuse: ['B'],
  },
];
