import { type Fault, lasting } from './fault.js';

export const POSTGRES_FAULTS: readonly Fault[] = [
  {
    name: 'PostgreSQL killed and restarted',
    mayRefuse: ['A', 'B'],
    strike: async ({ postgres }) => {
      await postgres.kill();
      // longer than the lease
      await lasting(4);
      await postgres.launch();
    },
  },
  {
    name: 'PostgreSQL frozen',
    mayRefuse: ['A', 'B'],
    strike: async ({ postgres }) => {
      postgres.freeze();
      // longer than a statement may take
      await lasting(5.5);
      postgres.thaw();
    },
  },
  {
    name: 'PostgreSQL cut off from one node',
    mayRefuse: ['B'],
    strike: async ({ nodes: { B } }) => {
      // first nothing gets through, for longer than the lease, then connections break
      B.toPostgres.silence();
      await lasting(4);
      B.toPostgres.cut();
      await lasting(1);
      B.toPostgres.mend();
    },
  },
];
