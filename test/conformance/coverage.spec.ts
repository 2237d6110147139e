import { CONTRACTS } from '@gatehouse/contracts';
import { NotOffered, type OptionalOperations } from './clients/contract-client.js';
import { clientsOf } from './clients/index.js';

const clients = clientsOf(() => 'http://nowhere', 'prefix');

describe('the suite', () => {
  it('has a client for each mounted contract', () => {
    expect(clients.map(({ id }) => id).sort()).toEqual(CONTRACTS.map(({ id }) => id).sort());
  });

  const optional = [
    'identify',
    'profile',
    'updateProfile',
    'changePassword',
    'resetBySession',
    'requestReset',
    'confirmReset',
    'verifyEmail',
    'listSessions',
    'endSession',
    'endSessions',
    'health',
  ] as const satisfies readonly (keyof OptionalOperations)[];

  it.each(optional)('%s: at least one contract offers it', (name) => {
    expect(clients.some((client) => !(client[name] instanceof NotOffered))).toBe(true);
  });

  it.each(clients)('$id: an exact answer is written down for all that it offers', (client) => {
    const offered = optional.filter((name) => !(client[name] instanceof NotOffered));
    const common = ['register', 'logIn', 'refresh', 'logOut'];
    expect(Object.keys(client.documented).sort()).toEqual([...common, ...offered].sort());
  });
});
