import type { Act } from '@gatehouse/config';

/** How a request says about whom it is. */
export type Target =
  | { readonly by: 'name'; readonly field: string }
  | { readonly by: 'session'; readonly field: string | undefined };

/** What `@Throttled()` notes on a route. */
export interface ThrottledRoute {
  readonly act: Act;
  readonly target?: Target | undefined;
}

export const THROTTLED = 'gatehouse:throttled';
