import { Listeners } from './listeners.js';
import type { Tokens, TokenStore } from './tokens.js';

/** Keeps the tokens in this object, and so until the page is left: the safest place, and the default. */
export function memoryStore(): TokenStore {
  let kept: Tokens | undefined;
  const changed = new Listeners();
  const keep = (tokens: Tokens | undefined): void => {
    kept = tokens;
    changed.tell();
  };
  return {
    isPrivate: true,
    load: () => kept,
    save: (tokens) => keep(tokens),
    clear: () => keep(undefined),
    subscribe: changed.add,
  };
}
