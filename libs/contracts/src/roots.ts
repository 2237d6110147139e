import type { ContractRoot } from '@gatehouse/contract-kit';
import { camelRoot } from './camel/camel.root.js';
import { channelRoot } from './channel/channel.root.js';
import { jsendRoot } from './jsend/jsend.root.js';
import { snakeRoot } from './snake/snake.root.js';
import { tokenRoot } from './token/token.root.js';

/** How each of the five documents is recognised at the root, those whose folders hold no controllers yet included. */
export const ROOTS: readonly ContractRoot[] = [tokenRoot, camelRoot, channelRoot, jsendRoot, snakeRoot];
