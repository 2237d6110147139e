/** Far above what anything here takes; reached by a failing test alone. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 20;

/**
 * Asks until the answer is neither undefined, null nor false, and gives it.
 * @param what for the failure's message: what was waited for
 */
export async function eventually<T>(
  what: string,
  ask: () => T | Promise<T>,
  patience = PATIENCE_MS,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
