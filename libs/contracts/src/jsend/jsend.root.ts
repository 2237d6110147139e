import type { ContractRoot } from '@gatehouse/contract-kit';

export const jsendRoot: ContractRoot = {
  id: 'jsend',
  own: [],
  shared: {
    base: '/api/auth',
    paths: ['register', 'login', 'logout', 'get_user', 'refresh_token', 'reset_password'],
  },
};
