import type { Contract } from '@gatehouse/contract-kit';
import { camel } from './camel/camel.contract.js';
import { token } from './token/token.contract.js';

export { ROOTS } from './roots.js';

/** The contracts that are served: another one is a folder and a line here. */
export const CONTRACTS: readonly Contract[] = [token, camel];
