import { TookTooLong, within } from './index.js';

describe('within', () => {
  it('gives what the work gives', async () => {
    expect(await within(10_000, Promise.resolve('done'))).toBe('done');
  });

  it('throws what the work throws', async () => {
    await expect(within(10_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('throws TookTooLong where the work does not end, and minds nothing that it throws later', async () => {
    let fail = (): void => undefined;
    const work = new Promise<never>((_, reject) => (fail = () => reject(new Error('later'))));
    await expect(within(1, work)).rejects.toThrow(TookTooLong);
    fail();
    // an unhandled rejection would end the process in this turn
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('keeps no timer once the work has ended', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    await within(600_000, Promise.resolve());
    expect(timers()).toBe(before);
  });
});
