import { type Fault, lasting } from './fault.js';

export const NODE_FAULTS: readonly Fault[] = [
  {
    name: 'a node killed and started again',
    // what it was asked stays unanswered; its successor has to find Redis before it is served by it
    mayRefuse: [],
    strike: async ({ nodes: { B } }, mark) => {
      mark('down', 'B');
      await B.kill();
      await lasting(2);
      await B.launch();
      mark('up', 'B');
    },
  },
  {
    name: 'a node paused for longer than the lease',
    // the time that its requests had for PostgreSQL is over when it goes on
    mayRefuse: ['B'],
    strike: async ({ nodes: { B } }, mark) => {
      mark('paused', 'B');
      B.pause();
      await lasting(5);
      B.resume();
      mark('resumed', 'B');
    },
  },
];
