import { Listeners } from './listeners.js';
import { type Tokens, tokensOf, type TokenStore } from './tokens.js';

/** What is used of a browser's window, which no other environment has. */
interface Page {
  readonly localStorage: {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
    removeItem(key: string): void;
  };
  addEventListener(type: 'storage', listener: (event: { readonly key: string | null }) => void): void;
  removeEventListener(type: 'storage', listener: (event: { readonly key: string | null }) => void): void;
}

const page = globalThis as unknown as Page;

/**
 * Keeps the tokens in the browser's `localStorage`: they outlive the page, and all tabs of the origin share them. Every
 * script of the origin can read them too, an injected one included.
 * @param key under which they are kept; each session of an origin needs its own
 */
export function localStorageStore(key: string): TokenStore {
  const here = new Listeners();
  return {
    name: key,
    load: () => parsed(page.localStorage.getItem(key)),
    save: (tokens) => {
      page.localStorage.setItem(key, JSON.stringify(tokens));
      here.tell();
    },
    clear: () => {
      page.localStorage.removeItem(key);
      here.tell();
    },
    subscribe: (changed) => {
      // the browser tells other tabs alone, and names no key where all of them were removed
      const elsewhere = (event: { readonly key: string | null }) => {
        if (event.key === key || event.key === null) changed();
      };
      page.addEventListener('storage', elsewhere);
      const unsubscribe = here.add(changed);
      return () => {
        page.removeEventListener('storage', elsewhere);
        unsubscribe();
      };
    },
  };
}

function parsed(text: string | null): Tokens | undefined {
  if (text === null) return undefined;
  try {
    const { accessToken, refreshToken } = JSON.parse(text) as Record<string, unknown>;
    return tokensOf(accessToken, refreshToken);
  } catch {
    // somebody else's value: as good as none
    return undefined;
  }
}
