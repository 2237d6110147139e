import type { Contract, ContractRoot } from '@gatehouse/contract-kit';
import { camel } from './camel/camel.contract.js';
import { channel } from './channel/channel.contract.js';
import { jsend } from './jsend/jsend.contract.js';
import { snake } from './snake/snake.contract.js';
import { token } from './token/token.contract.js';

/** The contracts that are served: another one is a folder and a line here. */
export const CONTRACTS: readonly Contract[] = [token, camel, channel, jsend, snake];

/** How each of them is recognised at the root. */
export const ROOTS: readonly ContractRoot[] = CONTRACTS.map(({ root }) => root);
