/** Those who want to know, and how they are told. */
export class Listeners<T extends unknown[]> {
  readonly #all = new Set<(...news: T) => void>();

  /** Gives what ends the subscription. */
  readonly add = (listener: (...news: T) => void): (() => void) => {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  };

  /** Each in a task of its own: what one of them throws concerns neither the others nor whoever tells. */
  tell(...news: T): void {
    for (const listener of this.#all) queueMicrotask(() => listener(...news));
  }
}
