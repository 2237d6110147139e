import { eventually } from '../../support/eventually.js';
import { trustEpoch } from '../stage/stores.js';
import { type Fault, lasting } from './fault.js';

/** A command takes at most 250 ms, a lease lasts 3 s. */
const LONGER_THAN_A_COMMAND = 1.5;
const LONGER_THAN_A_LEASE = 4.5;

/** While PostgreSQL answers, no node needs to refuse anything. */
const mayRefuse: Fault['mayRefuse'] = [];

const frozen = (seconds: number): Fault['strike'] => {
  return async ({ redis }) => {
    redis.freeze();
    await lasting(seconds);
    redis.thaw();
  };
};

/** Revocations that nobody could publish for so long end the trust in a server that nobody reaches. */
export const LOST: Fault = {
  name: 'Redis gone for so long that it is given up',
  mayRefuse,
  strike: async ({ redis }) => {
    await redis.kill();
    await lasting(18);
    await redis.launch({ empty: true });
  },
};

export const REDIS_FAULTS: readonly Fault[] = [
  {
    name: 'Redis killed, and back with an older snapshot',
    mayRefuse,
    strike: async ({ redis }) => {
      // marker and entries come back; what is revoked from now on does not
      await redis.command('SAVE');
      await lasting(1);
      await redis.kill();
      await lasting(1);
      await redis.launch();
    },
  },
  {
    name: 'Redis restarted empty',
    mayRefuse,
    strike: async ({ redis }) => {
      await redis.kill();
      await redis.launch({ empty: true });
    },
  },
  {
    name: 'Redis flushed',
    mayRefuse,
    strike: async (stage) => {
      const before = await trustEpoch(stage);
      await stage.redis.command('FLUSHALL');
      // the nodes are well until they notice; whether they do is for the checker to say
      await eventually('a node to notice', async () => (await trustEpoch(stage)) !== before).catch(
        () => undefined,
      );
    },
  },
  {
    name: 'Redis frozen for longer than a command',
    mayRefuse,
    strike: frozen(LONGER_THAN_A_COMMAND),
  },
  {
    name: 'Redis frozen for longer than a lease',
    mayRefuse,
    strike: frozen(LONGER_THAN_A_LEASE),
  },
  {
    name: 'Redis full',
    mayRefuse,
    strike: async ({ redis }) => {
      await redis.command('CONFIG', 'SET', 'maxmemory', '1');
      await lasting(2);
      await redis.command('CONFIG', 'SET', 'maxmemory', '0');
    },
  },
  {
    name: 'Redis cut off from one node',
    mayRefuse,
    strike: async ({ nodes: { B } }) => {
      // first nothing gets through, then connections break
      B.toRedis.silence();
      await lasting(2);
      B.toRedis.cut();
      await lasting(1);
      B.toRedis.mend();
    },
  },
];
