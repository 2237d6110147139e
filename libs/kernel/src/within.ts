/** Work took longer than it was given. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/**
 * What `work` settles to, or a rejection with TookTooLong after `ms` milliseconds. The work itself is not stopped: what
 * it settles to later is nobody's any more.
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
