import { verify } from '@node-rs/bcrypt';
import { type HashFormat, UnreadableHash } from './hash-format.js';

const SHAPE = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
/** 2^14 rounds are about a second. */
const COST_MOST = 14;

function fault(stored: string): string | undefined {
  const cost = Number(SHAPE.exec(stored)?.[1]);
  if (Number.isNaN(cost)) return 'must read $2b$12$ and 53 more characters (or $2a$, $2y$)';
  if (cost < 4) return 'needs a cost of 04 or more';
  return cost > COST_MOST ? `costs more than the service may spend: at most ${COST_MOST}` : undefined;
}

/** bcrypt. It looks at 72 bytes of a password; the hash that replaces it at the next login looks at all. */
export const bcryptFormat: HashFormat = {
  prefixes: ['$2a$', '$2b$', '$2y$'],
  fault,
  async verify(stored, password) {
    if (fault(stored) !== undefined) throw new UnreadableHash();
    return verify(password, stored);
  },
};
