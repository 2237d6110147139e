/** The Web Locks API, where there is one: browsers have it on secure origins, Node from 24 on. */
interface Locks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>;
  request<T>(name: string, options: { mode: 'shared' }, work: () => Promise<T>): Promise<T>;
  query(): Promise<{ held?: { name?: string }[] }>;
}

/** Far longer than a tab needs to learn what another one has written. */
const NOTE_MS = 5_000;

const queues = new WeakMap<object, Promise<unknown>>();

const webLocks = (): Locks | undefined =>
  (globalThis as unknown as { navigator?: { locks?: Locks } }).navigator?.locks;

/**
 * Does `work` while nobody else does any for the same place: across the tabs of an origin by a Web Lock of that name,
 * otherwise within this process.
 * @param place what is shared; those who hand in the same object take turns
 * @param name undefined where only this process can reach the place
 */
export function exclusively<T>(place: object, name: string | undefined, work: () => Promise<T>): Promise<T> {
  const locks = webLocks();
  if (locks && name !== undefined) return locks.request(name, work);
  const turn = (queues.get(place) ?? Promise.resolve()).then(work);
  queues.set(
    place,
    turn.catch(() => undefined),
  );
  return turn;
}

/**
 * Leaves a note that all tabs of the origin can read from now on, for some seconds: a shared lock of that name. Browsers
 * keep locks in one place, whereas each process has its own copy of `localStorage`, which may be behind.
 */
export function leaveNote(name: string): Promise<void> {
  const locks = webLocks();
  if (!locks) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const held = locks.request(name, { mode: 'shared' }, () => {
      resolve();
      return new Promise<void>((over) => {
        const timer = setTimeout(over, NOTE_MS) as unknown as { unref?: () => void };
        // Node would stay for it
        timer.unref?.();
      });
    });
    held.catch(reject);
  });
}

/** Whether any tab has left such a note within the last seconds. */
export async function isNoted(name: string): Promise<boolean> {
  const { held = [] } = (await webLocks()?.query()) ?? {};
  return held.some((lock) => lock.name === name);
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
