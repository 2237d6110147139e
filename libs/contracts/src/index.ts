import type { Contract, ContractRoot } from '@gatehouse/contract-kit';
import { camel } from './camel/camel.contract.js';
import { channelRoot } from './channel/channel.root.js';
import { jsendRoot } from './jsend/jsend.root.js';
import { snakeRoot } from './snake/snake.root.js';
import { token } from './token/token.contract.js';

/** The contracts that are served: another one is a folder and a line here. */
export const CONTRACTS: readonly Contract[] = [token, camel];

/** How each document is recognised at the root; those that are not served yet already keep their place. */
export const ROOTS: readonly ContractRoot[] = [
  ...CONTRACTS.map(({ root }) => root),
  channelRoot,
  jsendRoot,
  snakeRoot,
];
