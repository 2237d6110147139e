import { type Fault, lasting } from './fault.js';
import { NODE_FAULTS } from './nodes.js';
import { POSTGRES_FAULTS } from './postgres.js';
import { LOST, REDIS_FAULTS } from './redis.js';
import { REPLICATION_FAULTS } from './replication.js';

const BOTH_GONE: Fault = {
  name: 'both stores gone and back',
  mayRefuse: ['A', 'B'],
  strike: async ({ postgres, redis }) => {
    await Promise.all([postgres.kill(), redis.kill()]);
    await lasting(4);
    await Promise.all([postgres.launch(), redis.launch({ empty: true })]);
  },
};

const EACH_WITHOUT_ONE: Fault = {
  name: 'one node without Redis and the other one without PostgreSQL',
  mayRefuse: ['B'],
  strike: async ({ nodes: { A, B } }) => {
    // what A revokes nobody publishes, and B cannot read of it
    A.toRedis.silence();
    B.toPostgres.silence();
    await lasting(5);
    A.toRedis.mend();
    B.toPostgres.mend();
  },
};

export const FAULTS: readonly Fault[] = [
  ...REDIS_FAULTS,
  ...REPLICATION_FAULTS,
  ...POSTGRES_FAULTS,
  ...NODE_FAULTS,
  BOTH_GONE,
  EACH_WITHOUT_ONE,
];

/** Those that take too long for every run of the tests. */
export const LENGTHY_FAULTS: readonly Fault[] = [LOST];
