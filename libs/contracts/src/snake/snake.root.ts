import type { ContractRoot } from '@gatehouse/contract-kit';

export const snakeRoot: ContractRoot = {
  id: 'snake',
  own: ['/api/users'],
  shared: { base: '/api/auth', paths: ['register', 'login', 'refresh', 'logout'] },
};
