import { loadConfig } from '@gatehouse/config';
import type { Database } from '@gatehouse/database';
import { KeyRing, Random, SystemClock, SystemRandom, type UserId } from '@gatehouse/kernel';
import { OneTimeCodes } from './one-time-codes.service.js';

const config = loadConfig({ GATEHOUSE_MODE: 'development' }, ['channel', 'jsend', 'snake']);
const OWNER = { userId: 1 as UserId, emailKey: 'ada@example.com' };
const PLACE = { clientId: null, network: '192.0.2.1' };

/** Gives these numbers, one a draw. */
class Drawn extends Random {
  constructor(private readonly numbers: number[]) {
    super();
  }

  bytes(): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.numbers.shift() as number);
    return bytes;
  }
}

/** What is issued where nothing stands in the way: the database counts no codes yet and takes every one. */
const issued = (random: Random): Promise<string | undefined> => {
  const free = {
    run: <Row>() => Promise.resolve([{ count: 0 }] as Row[]),
    afterCommit: () => Promise.resolve(),
  };
  const codes = new OneTimeCodes({} as Database, new KeyRing(['k']), new SystemClock(), random, config);
  return codes.issue(free, OWNER, PLACE);
};

describe('the digits of a code', () => {
  it.each([
    [0, '000000'],
    [7, '000007'],
    [999_999, '999999'],
    [1_000_000, '000000'],
    [123_456_789, '456789'],
    [4_293_999_999, '999999'],
  ])('%i becomes %s', async (number, code) => {
    expect(await issued(new Drawn([number]))).toBe(code);
  });

  it('what is left over above a whole multiple of a million is thrown away, or the low codes came more often', async () => {
    expect(await issued(new Drawn([4_294_000_000, 0xffff_ffff, 4_294_967_295, 42]))).toBe('000042');
  });

  it('come from real randomness evenly: each digit at each place', async () => {
    const COUNT = 5_000;
    const random = new SystemRandom();
    const counts = Array.from({ length: 6 }, () => Array<number>(10).fill(0));
    for (let index = 0; index < COUNT; index++) {
      const code = (await issued(random)) as string;
      expect(code).toMatch(/^\d{6}$/);
      for (let place = 0; place < 6; place++) counts[place]![Number(code[place])]!++;
    }
    // 500 expected, with a standard deviation of 21: 10 of those are out of reach of chance
    for (const count of counts.flat()) expect(Math.abs(count - COUNT / 10)).toBeLessThan(210);
  });
});
