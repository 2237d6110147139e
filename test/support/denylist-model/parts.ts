import { BatchedRevocations } from '../../../libs/tokens/src/denylist/batched-revocations.js';
import { DenylistNode } from '../../../libs/tokens/src/denylist/denylist-node.js';
import { RedisCopy } from '../../../libs/tokens/src/denylist/redis-copy.js';
import { Truth } from '../../../libs/tokens/src/denylist/truth.js';
import { Upkeep } from '../../../libs/tokens/src/denylist/upkeep.js';

/** The parts of a node, which are real; a mistake is planted by giving changed ones. */
export const PARTS = { DenylistNode, Upkeep, Truth, RedisCopy, BatchedRevocations };
export type Parts = typeof PARTS;
