import { administrationOf, saidBy } from '../support/administration.js';
import { outcomeOf } from '../support/core.js';
import { CONTRACT_IDS, freshName, isLive, type OpenAccount, openAccount } from '../support/open-account.js';
import { jsendLogin, jsendUser, resetPassword } from '../support/jsend-session.js';
import { type Service, startService } from '../support/start-service.js';
import { storedState } from '../support/stored-state.js';

const NOBODY = 999_999;

describe('the administration of accounts', () => {
  let service: Service;
  let other: Service;

  beforeAll(async () => {
    service = await startService();
    other = await startService({ database: service.database, clock: service.clock });
  });
  afterAll(async () => {
    await other.stop();
    await service.stop();
  });

  /** Which of the account's access tokens each node accepts. */
  const live = (account: OpenAccount): Promise<boolean[][]> =>
    Promise.all(
      [service, other].map((node) => Promise.all(CONTRACT_IDS.map((id) => isLive(node, account[id])))),
    );
  const ALL = [Array(5).fill(true), Array(5).fill(true)];
  const NONE = [Array(5).fill(false), Array(5).fill(false)];

  const sessionsOf = ({ id }: OpenAccount) =>
    service.database.query<{ gen: number; end_reason: string | null; value: string | null }>(
      `SELECT s.gen, s.end_reason, r.value FROM sessions s LEFT JOIN revocations r ON r.sid = s.id
       WHERE s.user_id = $1 ORDER BY s.created_at, s.id`,
      [id],
    );

  const accountRow = async (id: number) =>
    (
      await service.database.query(
        'SELECT username, role, status, status_before_block FROM users WHERE id = $1',
        [id],
      )
    )[0];

  const eventsOf = (event: string, user: number): unknown[] =>
    [...service.log, ...other.log]
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line['event'] === event && line['user'] === user);

  it.each([
    ['setRole', 'account_role_set'],
    ['rename', 'account_renamed'],
    ['block', 'account_blocked'],
  ] as const)('%s kills the access tokens of every contract at once, on every node', async (act, event) => {
    const account = await openAccount(service);
    expect(await live(account)).toEqual(ALL);
    const on = administrationOf(service, account.id);
    const username = freshName();
    await { setRole: () => on.setRole('ADMIN'), rename: () => on.rename(username), block: on.block }[act]();
    expect(await live(account)).toEqual(NONE);
    const after =
      act === 'block'
        ? { gen: 1, end_reason: 'account_blocked', value: '*' }
        : { gen: 2, end_reason: null, value: '2@0' };
    expect(await sessionsOf(account)).toEqual(Array(5).fill(after));
    expect(eventsOf(event, account.id)).toHaveLength(1);
    const told = [...service.log, ...other.log]
      .filter((line) => line.includes(`"user":${account.id}`))
      .join();
    for (const name of [account.username, account.email, username]) expect(told).not.toContain(name);
  });

  it('the same once more leaves every session and token as it is', async () => {
    const account = await openAccount(service);
    const on = administrationOf(service, account.id);
    const username = freshName();
    const acts = [() => on.setRole('ADMIN'), () => on.rename(username), on.block, on.unblock];
    for (const act of acts) {
      await act();
      const before = await storedState(service.database);
      await act();
      expect(await storedState(service.database)).toEqual(before);
    }
  });

  it('a name in other letters only is a new name', async () => {
    const account = await openAccount(service);
    await administrationOf(service, account.id).rename(` ${account.username.toUpperCase()} `);
    expect(await live(account)).toEqual(NONE);
    expect(await accountRow(account.id)).toMatchObject({ username: account.username.toUpperCase() });
  });

  it('an account without a username gets one', async () => {
    const { email, password } = await jsendUser(service);
    const [row] = await service.database.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [
      email,
    ]);
    const username = freshName();
    await administrationOf(service, Number(row?.id)).rename(username);
    const { json } = await jsendLogin(service, email, password);
    expect(saidBy(json.data.jwtToken)).toEqual({ role: 'USER', username });
  });

  it('a name that somebody has is refused, in whatever letters, and nothing changes', async () => {
    const [account, taken] = [await openAccount(service), await openAccount(service)];
    const before = await storedState(service.database);
    const rename = administrationOf(service, account.id).rename(taken.username.toUpperCase());
    expect(await outcomeOf(rename)).toBe('username_taken');
    expect(await storedState(service.database)).toEqual(before);
    expect(await live(account)).toEqual(ALL);
  });

  it.each(['ab', 'x'.repeat(51), 'two words', 'some@body', 'näme', ''])(
    'what registration would refuse is refused: %j',
    async (name) => {
      const account = await openAccount(service);
      const before = await storedState(service.database);
      expect(await outcomeOf(administrationOf(service, account.id).rename(name))).toBe('validation_failed');
      expect(await storedState(service.database)).toEqual(before);
    },
  );

  it('of two accounts that want one name at the same moment one gets it', async () => {
    for (let round = 0; round < 5; round++) {
      const accounts = [await openAccount(service), await openAccount(service)];
      const name = freshName();
      const outcomes = await Promise.all(
        accounts.map(({ id }, index) =>
          outcomeOf(administrationOf([service, other][index]!, id).rename(name)),
        ),
      );
      expect(outcomes.sort()).toEqual(['accepted', 'username_taken']);
    }
  });

  it('an account that does not exist is said to be unknown', async () => {
    const on = administrationOf(service, NOBODY);
    const before = await storedState(service.database);
    for (const act of [on.block, on.unblock, () => on.setRole('ADMIN'), () => on.rename(freshName())])
      expect(await outcomeOf(act())).toBe('user_not_found');
    expect(await storedState(service.database)).toEqual(before);
  });

  it.each([
    ['PENDING', false, 'PENDING'],
    ['ACTIVE', false, 'ACTIVE'],
    ['ACTIVE', true, 'ACTIVE'],
    // the address was verified while the account was blocked
    ['PENDING', true, 'ACTIVE'],
  ])('a blocked account that was %s (verified by then: %s) is %s again', async (was, verified, is) => {
    const { id } = await openAccount(service);
    await service.database.query('UPDATE users SET status = $2 WHERE id = $1', [id, was]);
    const on = administrationOf(service, id);
    await on.block();
    await on.block();
    if (verified)
      await service.database.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [id]);
    expect(await accountRow(id)).toMatchObject({ status: 'BLOCKED', status_before_block: was });
    await on.unblock();
    expect(await accountRow(id)).toMatchObject({ status: is, status_before_block: null });
  });

  it('one that was blocked without a note of what it was is unblocked all the same', async () => {
    const { id } = await openAccount(service);
    await service.database.query(`UPDATE users SET status = 'BLOCKED' WHERE id = $1`, [id]);
    await administrationOf(service, id).unblock();
    expect(await accountRow(id)).toMatchObject({ status: 'PENDING' });
  });

  it('a token that a change has killed sets no password any more', async () => {
    const user = await jsendUser(service);
    const [row] = await service.database.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [
      user.email,
    ]);
    await administrationOf(service, Number(row?.id)).setRole('ADMIN');
    expect((await resetPassword(other, user.jwtToken, 'another password')).status).toBe(401);
    expect((await jsendLogin(other, user.email, user.password)).status).toBe(200);
  });
});
