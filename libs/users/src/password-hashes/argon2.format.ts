import { verify } from '@node-rs/argon2';
import {
  BASE64,
  fromBase64,
  type HashFormat,
  MEMORY_MOST,
  sizeFault,
  UnreadableHash,
} from './hash-format.js';

const SHAPE = new RegExp(
  `^\\$argon2id?\\$(?:v=(?:16|19)\\$)?m=(\\d{1,10}),t=(\\d{1,10}),p=(\\d{1,3})\\$(${BASE64})\\$(${BASE64})$`,
);
const LANES_MOST = 16;
/** KiB of memory times passes: about a second. */
const WORK_MOST = 2 ** 20;

/** argon2id and argon2i in PHC form (RFC 9106), those of this service among them. */
export const argon2Format: HashFormat = {
  prefixes: ['$argon2id$', '$argon2i$'],

  fault(stored) {
    const [, memoryKiB, passes, lanes, salt, hash] = SHAPE.exec(stored) ?? [];
    if (salt === undefined || hash === undefined)
      return 'must read $argon2id$v=19$m=…,t=…,p=…$salt$hash (or $argon2i$; v=16 or none is the older version)';
    const [m, t, p] = [Number(memoryKiB), Number(passes), Number(lanes)];
    if (t < 1 || p < 1 || m < 8 * p) return 'needs t and p of 1 or more, and m of 8 times p or more';
    if (m * 1024 > MEMORY_MOST || m * t > WORK_MOST || p > LANES_MOST)
      return `costs more than the service may spend: m at most ${MEMORY_MOST / 1024}, m times t at most ${WORK_MOST}, p at most ${LANES_MOST}`;
    return sizeFault(fromBase64(salt), fromBase64(hash));
  },

  // Without the bounds: a cost of ARGON2_COST's, however high, is the operator's own choice.
  async verify(stored, password) {
    if (!SHAPE.test(stored)) throw new UnreadableHash();
    try {
      return await verify(stored, password);
    } catch (cause) {
      throw new UnreadableHash('', { cause });
    }
  },
};
