import { createHash } from 'node:crypto';
import { channelUser } from '../support/channel-user.js';
import {
  ACTIVE,
  addressState,
  enterCode,
  followLink,
  mailedCode,
  mailedProofs,
  missesOf,
  newApplication,
  PENDING,
  resendCode,
  storedCodes,
  wrongCode,
} from '../support/mailed-codes.js';
import { type Service, startService } from '../support/start-service.js';

const MINUTE = 60_000;

describe('how long a code is good', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  /** Somebody alone at their place, with what was mailed to them. */
  const newcomer = async (headers?: Record<string, string>) => {
    const place = headers ?? (await newApplication(service));
    const user = await channelUser(service, { headers: place });
    const [proof] = await mailedProofs(service, user.email);
    return { ...user, headers: place, code: proof?.code as string, link: proof?.link as string };
  };

  const miss = async (times: number, entry: Parameters<typeof enterCode>[2], ...right: string[]) => {
    for (let count = 0; count < times; count++)
      expect((await enterCode(service, wrongCode(...right), entry)).status).toBe(400);
  };

  it.each(['email', 'token'] as const)('four wrong tries by %s leave it good', async (by) => {
    const user = await newcomer();
    await miss(4, { [by]: user[by] }, user.code);
    expect((await enterCode(service, user.code, { [by]: user[by] })).status).toBe(200);
    expect(await addressState(service, user.email)).toEqual(ACTIVE);
  });

  it.each(['email', 'token'] as const)('a fifth wrong try by %s kills it', async (by) => {
    const user = await newcomer();
    await miss(5, { [by]: user[by] }, user.code);
    for (const entry of [{ email: user.email }, { token: user.token }, { headers: user.headers }])
      expect((await enterCode(service, user.code, entry)).status).toBe(400);
    expect(await addressState(service, user.email)).toEqual(PENDING);
    expect(await missesOf(service, user.email)).toBe(5);
  });

  it("by the address, tries are counted against that account's code alone", async () => {
    const user = await newcomer();
    const neighbour = await newcomer(user.headers);
    await miss(5, { email: user.email, headers: user.headers }, user.code, neighbour.code);
    expect(await missesOf(service, neighbour.email)).toBe(0);
    expect((await enterCode(service, user.code, { headers: user.headers })).status).toBe(400);
    expect((await enterCode(service, neighbour.code, { headers: user.headers })).status).toBe(200);
  });

  it('without an account, five wrong tries kill every outstanding code of the place, and no other', async () => {
    const [here, elsewhere] = [await newcomer(), await newcomer()];
    const neighbour = await newcomer(here.headers);
    await miss(5, { headers: here.headers }, here.code, neighbour.code);
    for (const { email, code } of [here, neighbour])
      expect((await enterCode(service, code, { email })).status).toBe(400);
    expect(await missesOf(service, elsewhere.email)).toBe(0);
    expect((await enterCode(service, elsewhere.code, { headers: elsewhere.headers })).status).toBe(200);
  });

  it('a right code counts against nobody', async () => {
    const user = await newcomer();
    const neighbour = await newcomer(user.headers);
    await miss(2, { headers: user.headers }, user.code, neighbour.code);
    expect((await enterCode(service, user.code, { headers: user.headers })).status).toBe(200);
    expect(await missesOf(service, neighbour.email)).toBe(2);
  });

  it('a code that was killed leaves the link good, and a new code can be asked for', async () => {
    const user = await newcomer();
    await miss(5, { email: user.email }, user.code);
    service.clock.advance(MINUTE);
    await resendCode(service, { email: user.email });
    const fresh = await mailedCode(service, user.email);
    expect((await enterCode(service, fresh, { email: user.email })).status).toBe(200);

    const other = await newcomer();
    await miss(5, { email: other.email }, other.code);
    expect((await followLink(service, other.link)).status).toBe(200);
    expect(await addressState(service, other.email)).toEqual(ACTIVE);
  });

  it.each([
    { name: 'a second before 15 minutes', age: 15 * MINUTE - 1_000, status: 200 },
    { name: 'after 15 minutes', age: 15 * MINUTE, status: 400 },
  ])('it is entered $name: $status', async ({ age, status }) => {
    const users = [await newcomer(), await newcomer()] as const;
    service.clock.advance(age);
    const ways = [{ email: users[0].email }, { headers: users[1].headers }];
    for (const [index, entry] of ways.entries()) {
      expect((await enterCode(service, users[index]!.code, entry)).status).toBe(status);
      expect(await addressState(service, users[index]!.email)).toEqual(status === 200 ? ACTIVE : PENDING);
    }
  });

  it('the link outlives the code: 24 hours', async () => {
    const [user, late] = [await newcomer(), await newcomer()];
    service.clock.advance(24 * 60 * MINUTE - 10_000);
    expect((await followLink(service, user.link)).status).toBe(200);
    service.clock.advance(10_000);
    expect((await followLink(service, late.link)).status).toBe(400);
  });

  it('the use of the code voids every link', async () => {
    const user = await newcomer();
    service.clock.advance(MINUTE);
    await resendCode(service, { email: user.email });
    const [newer] = await mailedProofs(service, user.email);
    expect((await enterCode(service, newer?.code as string, { email: user.email })).status).toBe(200);
    const live = await service.database.query(
      `SELECT FROM one_time_secrets s JOIN users u ON u.id = s.user_id
       WHERE u.email = $1 AND s.used_at IS NULL AND s.voided_at IS NULL`,
      [user.email],
    );
    expect(live).toEqual([]);
    const verifiedAt = () =>
      service.database.query('SELECT email_verified_at FROM users WHERE email = $1', [user.email]);
    const before = await verifiedAt();
    service.clock.advance(MINUTE);
    for (const { link } of [user, newer!]) expect((await followLink(service, link)).status).toBe(400);
    expect(await verifiedAt()).toEqual(before);
  });

  it('the use of the link voids the code', async () => {
    const user = await newcomer();
    expect((await followLink(service, user.link)).status).toBe(200);
    for (const entry of [{ email: user.email }, { token: user.token }, { headers: user.headers }])
      expect((await enterCode(service, user.code, entry)).status).toBe(400);
    expect(await storedCodes(service, user.email)).toMatchObject([{ used: false, voided: true }]);
    expect(await addressState(service, user.email)).toEqual(ACTIVE);
  });

  it('an address that is another one by now is verified by neither', async () => {
    const user = await newcomer();
    const changed = `changed.${user.email}`;
    const change = 'UPDATE users SET email = $2, email_key = $2 WHERE email = $1';
    await service.database.query(change, [user.email, changed]);
    expect((await enterCode(service, user.code, { token: user.token })).status).toBe(400);
    expect((await followLink(service, user.link)).status).toBe(400);
    expect(await addressState(service, changed)).toEqual(PENDING);
  });

  it('a blocked account stays blocked when its address is verified', async () => {
    const user = await newcomer();
    await service.database.query("UPDATE users SET status = 'BLOCKED' WHERE email = $1", [user.email]);
    expect((await enterCode(service, user.code, { headers: user.headers })).status).toBe(200);
    expect(await addressState(service, user.email)).toEqual({ status: 'BLOCKED', verified: true });
  });

  it('is stored as a keyed hash alone, and neither it nor a hash of it is in the log', async () => {
    const user = await newcomer();
    await enterCode(service, wrongCode(user.code), { email: user.email });
    const stored = await storedCodes(service, user.email);
    expect(stored).toEqual([{ wrong_tries: 1, used: false, voided: false, hash: expect.any(Buffer) }]);
    const [hash] = stored.map((row) => row.hash) as [Buffer];
    expect(hash).toHaveLength(32);
    for (const algorithm of ['sha256', 'sha3-256', 'blake2s256'])
      expect(createHash(algorithm).update(user.code).digest().equals(hash)).toBe(false);

    const rows = await service.database.query<{ text: string }>(
      `SELECT c::text AS text FROM one_time_codes c JOIN users u ON u.id = c.user_id WHERE u.email = $1
       UNION ALL SELECT m::text FROM mails m WHERE m.recipient = $1`,
      [user.email],
    );
    expect(rows).toHaveLength(2);
    // digits between other digits are a timestamp or a hash
    const bare = new RegExp(`(?<![\\da-f.])${user.code}(?![\\da-f])`);
    for (const { text } of rows) expect(text).not.toMatch(bare);
    expect((await enterCode(service, user.code, { email: user.email })).status).toBe(200);
    expect(service.log.length).toBeGreaterThan(0);
    for (const line of service.log) expect(line).not.toMatch(bare);
    expect(service.log.join()).not.toContain(hash.toString('hex'));
  });
});
