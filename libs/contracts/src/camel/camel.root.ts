import type { ContractRoot } from '@gatehouse/contract-kit';

export const camelRoot: ContractRoot = { id: 'camel', own: ['/api/v1/auth'] };
