import type { ContractRoot } from '@gatehouse/contract-kit';

export const tokenRoot: ContractRoot = { id: 'token', own: ['/v1/auth', '/v1/sessions'] };
