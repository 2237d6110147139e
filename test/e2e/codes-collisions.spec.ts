import { CONFIG, type Config } from '@gatehouse/config';
import { Database } from '@gatehouse/database';
import { type ClientId, KeyRing, Random, type UserId } from '@gatehouse/kernel';
import { OneTimeCodes } from '@gatehouse/secrets';
import { atOnce } from '../support/race-client.js';
import { channelUser } from '../support/channel-user.js';
import { newApplication } from '../support/mailed-codes.js';
import { type Service, startService } from '../support/start-service.js';

/** Draws these numbers in turn; when they are used up it starts again. */
class Steered extends Random {
  drawn = 0;
  constructor(private readonly numbers: readonly number[]) {
    super();
  }

  bytes(): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.numbers[this.drawn++ % this.numbers.length] as number);
    return bytes;
  }
}

describe('codes that would collide', () => {
  let service: Service;
  let place: { clientId: ClientId; network: string };
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  beforeEach(async () => {
    const headers = await newApplication(service);
    expect(headers.channel).toBe('web');
    const [client] = await service.database.query<{ id: ClientId }>(
      'SELECT id FROM clients ORDER BY created_at DESC LIMIT 1',
    );
    place = { clientId: (client as { id: ClientId }).id, network: '192.0.2.1' };
  });

  const codesOf = (random: Random, keys = service.nest.get(KeyRing, { strict: false })) =>
    new OneTimeCodes(
      service.nest.get(Database, { strict: false }),
      keys,
      service.clock,
      random,
      service.nest.get<Config>(CONFIG, { strict: false }),
    );

  /** An account that waits for its code. */
  const owner = async () => {
    const { email } = await channelUser(service);
    const [row] = await service.database.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [
      email,
    ]);
    return { userId: Number(row?.id) as UserId, emailKey: email };
  };

  const issue = (codes: OneTimeCodes, to: Awaited<ReturnType<typeof owner>>, where = place) =>
    service.nest
      .get(Database, { strict: false })
      .transaction((transaction) => codes.issue(transaction, to, where));

  it('two outstanding ones of one place are never equal: another is drawn', async () => {
    const random = new Steered([111_111, 111_111, 111_111, 222_222]);
    const codes = codesOf(random);
    expect(await issue(codes, await owner())).toBe('111111');
    expect(await issue(codes, await owner())).toBe('222222');
    expect(random.drawn).toBe(4);
  });

  it('not even when twenty are issued at once', async () => {
    const owners: Awaited<ReturnType<typeof owner>>[] = [];
    for (let count = 0; count < 20; count++) owners.push(await owner());
    // each sees the same numbers in the same order
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const issued = await atOnce(20, (index) => issue(codesOf(new Steered(numbers)), owners[index]!));
    expect([...issued].sort()).toEqual(numbers.map((number) => String(number).padStart(6, '0')));
  });

  it('nor after the keys were rotated while one is outstanding', async () => {
    const [old, next] = ['an old secret that keyed some codes', 'a new secret that keys them now'];
    const first = await owner();
    const before = codesOf(new Steered([333_333]), new KeyRing([old]));
    expect(await issue(before, first)).toBe('333333');
    const after = codesOf(new Steered([333_333, 444_444]), new KeyRing([next, old]));
    expect(await issue(after, await owner())).toBe('444444');
    expect(await after.ownerOf('333333', null, place)).toBe(first.userId);
  });

  it('they may be equal at another place, through the same or another application', async () => {
    const codes = codesOf(new Steered([555_555]));
    const [here, there] = [await owner(), await owner()];
    const elsewhere = { ...place, network: '192.0.2.2' };
    expect(await issue(codes, here)).toBe('555555');
    expect(await issue(codes, there, elsewhere)).toBe('555555');
    expect(await codes.ownerOf('555555', null, place)).toBe(here.userId);
    expect(await codes.ownerOf('555555', null, elsewhere)).toBe(there.userId);
  });

  it('the digits are free again when their code is used, void, killed or past', async () => {
    const codes = codesOf(new Steered([666_666]));
    const database = service.nest.get(Database, { strict: false });
    const ends: ((to: Awaited<ReturnType<typeof owner>>) => Promise<unknown>)[] = [
      () => database.transaction((transaction) => codes.spend(transaction, '666666', null, place)),
      ({ userId }) => database.transaction((transaction) => codes.voidAll(transaction, userId)),
      ({ userId }) =>
        database.transaction(async (transaction) => {
          for (let tries = 0; tries < 5; tries++) await codes.spend(transaction, '000000', userId, place);
        }),
      () => Promise.resolve(service.clock.advance(15 * 60_000)),
    ];
    for (const end of ends) {
      const to = await owner();
      expect(await issue(codes, to)).toBe('666666');
      await end(to);
    }
    expect(await issue(codes, await owner())).toBe('666666');
  });

  it('an account that draws its own former digits gets them: the former code is void by then', async () => {
    const codes = codesOf(new Steered([777_777]));
    const to = await owner();
    expect([await issue(codes, to), await issue(codes, to)]).toEqual(['777777', '777777']);
    const spend = () =>
      service.nest
        .get(Database, { strict: false })
        .transaction((transaction) => codes.spend(transaction, '777777', null, place));
    expect([await spend(), await spend()]).toEqual([to, null]);
  });
});
