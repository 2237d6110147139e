import { randomUUID } from 'node:crypto';
import { CONFIG, type Config } from '@gatehouse/config';
import { Database, Sweeps } from '@gatehouse/database';
import { ExpiredRows } from '@gatehouse/operations';
import { ENDED_KEPT } from '@gatehouse/sessions';
import { MailQueue } from '../../libs/mail/src/mail-queue.service.js';
import { holdLock } from '../support/held-lock.js';
import { send } from '../support/http.js';
import { jsendRefresh, jsendUser, refreshedPair } from '../support/jsend-session.js';
import { enterCode, mailedProofs, resendCode } from '../support/mailed-codes.js';
import { channelUser, mailsTo } from '../support/channel-user.js';
import { camel, claimsOf, newPerson, type Person } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('rows that have expired', () => {
  let service: Service;

  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  const rowsOf = (node: Service): ExpiredRows => node.nest.get(ExpiredRows, { strict: false });
  const sweep = async (): Promise<void> => rowsOf(service).run();
  const logged = (event: string): string[] => service.log.filter((line) => line.includes(`"${event}"`));

  const count = async (from: string, values: unknown[] = []): Promise<number> => {
    const [row] = await service.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${from}`,
      values,
    );
    return row?.n ?? 0;
  };
  const kept = async (access: string): Promise<boolean> =>
    (await count('sessions WHERE id = $1', [claimsOf(access).sid])) === 1;

  /** Sessions of an account, as they would be after these days without a use. */
  const insertSessions = (user: number, many: number, ended: string | null, expires = '30 days') =>
    service.database.query(
      `INSERT INTO sessions (id, user_id, contract, format, rotates, leaf, ip, created_at, last_seen_at,
                             idle_expires_at, expires_at, access_expires_at, ended_at, end_reason)
       SELECT gen_random_uuid(), $1, 'camel', 'jwt', true, '\\x00', '192.0.2.1', now() - interval '60 days',
              now() - interval '60 days', now() + $4::interval, now() + interval '30 days',
              now() + least($4::interval, interval '1 hour'), now() - $3::interval - n * interval '1 second',
              CASE WHEN $3 IS NOT NULL THEN 'logged_out' END
       FROM generate_series(1, $2) n`,
      [user, many, ended, expires],
    );

  it('sessions go a day after they could be used last, with their spent refresh tokens', async () => {
    const idle = await newPerson(service);
    const loggedOut = await newPerson(service);
    await camel.logout(service.url, loggedOut.access);
    const user = await jsendUser(service);
    let pair = refreshedPair(await jsendRefresh(service, user));
    const spent = () => count('spent_refresh_tokens WHERE session_id = $1', [claimsOf(user.jwtToken).sid]);
    service.clock.advance(29 * DAY);
    pair = refreshedPair(await jsendRefresh(service, pair));
    service.clock.advance(2 * DAY - HOUR);
    await sweep();
    expect([await kept(idle.access), await kept(loggedOut.access)]).toEqual([true, true]);

    service.clock.advance(2 * HOUR);
    await sweep();
    expect([await kept(idle.access), await kept(loggedOut.access)]).toEqual([false, false]);
    expect([await kept(user.jwtToken), await spent()]).toEqual([true, 2]);
    expect((await camel.refresh(service.url, idle)).status).toBe(401);
    expect((await jsendRefresh(service, pair)).status).toBe(200);

    service.clock.advance(40 * DAY);
    await sweep();
    expect([await kept(user.jwtToken), await spent()]).toEqual([false, 0]);
    expect((await camel.login(service.url, idle.username)).status).toBe(200);
  });

  it('a session whose tokens outlive it stays as long as they do', async () => {
    const person = await newPerson(service);
    await service.database.query(
      `UPDATE sessions SET access_expires_at = now() + interval '40 days' WHERE user_id = $1`,
      [person.id],
    );
    service.clock.advance(40 * DAY);
    await sweep();
    expect(await kept(person.access)).toBe(true);
    service.clock.advance(DAY + HOUR);
    await sweep();
    expect(await kept(person.access)).toBe(false);
  });

  it('of ended sessions each account keeps the latest thousand, and all that live', async () => {
    const [many, few] = [await newPerson(service), await newPerson(service)];
    await insertSessions(many.id, ENDED_KEPT + 600, '1 hour');
    await insertSessions(few.id, ENDED_KEPT - 1, '1 hour');
    await insertSessions(many.id, 5, null);
    const [oldest] = await service.database.query<{ at: string }>(
      `SELECT ended_at::text AS at FROM sessions WHERE user_id = $1 AND ended_at IS NOT NULL
       ORDER BY ended_at DESC OFFSET $2 LIMIT 1`,
      [many.id, ENDED_KEPT - 1],
    );
    await sweep();
    const ofUser = 'sessions WHERE user_id = $1 AND ended_at IS';
    expect(await count(`${ofUser} NOT NULL`, [many.id])).toBe(ENDED_KEPT);
    expect(await count(`${ofUser} NOT NULL AND ended_at < $2::timestamptz`, [many.id, oldest?.at])).toBe(0);
    expect(await count(`${ofUser} NULL`, [many.id])).toBe(6);
    expect(await count(`${ofUser} NOT NULL`, [few.id])).toBe(ENDED_KEPT - 1);

    // one that has just ended: whoever ended it may not have told everybody yet
    await camel.logout(service.url, many.access);
    await sweep();
    expect(await count(`${ofUser} NOT NULL`, [many.id])).toBe(ENDED_KEPT + 1);
    service.clock.advance(11 * MINUTE);
    await sweep();
    expect(await count(`${ofUser} NOT NULL`, [many.id])).toBe(ENDED_KEPT);
    expect(await kept(many.access)).toBe(true);
  });

  it('more than a batch go in one run; of two nodes at once neither waits for the other', async () => {
    const other = await startService({ database: service.database, clock: service.clock });
    const person = await newPerson(service);
    await insertSessions(person.id, 1_300, null, '-2 days');
    await service.database.query(
      `INSERT INTO spent_refresh_tokens (hash, session_id)
       SELECT sha256(n::text::bytea), (SELECT id FROM sessions WHERE idle_expires_at < now() LIMIT 1)
       FROM generate_series(1, 1200) n`,
    );
    await Promise.all([rowsOf(service).run(), rowsOf(other).run()]);
    await sweep();
    expect(await count('sessions WHERE user_id = $1', [person.id])).toBe(1);
    expect(await count('spent_refresh_tokens')).toBe(0);
    const removed = [service, other].map((node) => rowsOf(node).removed.get('sessions') ?? 0);
    expect(removed[0]! + removed[1]!).toBe(2_500);
    // the log of all nodes in this process
    expect(other.log.filter((line) => line.includes('sweep_failed'))).toEqual([]);
    await other.stop();
  });

  it('what somebody holds is left for later', async () => {
    const people: Person[] = [await newPerson(service), await newPerson(service)];
    service.clock.advance(32 * DAY);
    const held = claimsOf(people[0]!.access).sid;
    const lock = await holdLock(service.database, 'SELECT FROM sessions WHERE id = $1 FOR UPDATE', [held]);
    await sweep();
    expect([await kept(people[0]!.access), await kept(people[1]!.access)]).toEqual([true, false]);
    await lock.release();
    await sweep();
    expect(await kept(people[0]!.access)).toBe(false);
  });

  it('an old verification link still asks for another one for a month, and then it is unknown', async () => {
    const user = await channelUser(service);
    const [first] = await mailedProofs(service, user.email);
    const token = first?.link.split('/').pop();
    const again = async (): Promise<number> => {
      await send('POST', `${service.url}/verify-email/resend`, { body: { token } });
      return (await mailsTo(service, user.email)).length;
    };
    service.clock.advance(30 * DAY);
    await sweep();
    expect(await again()).toBe(2);
    service.clock.advance(2 * DAY);
    await sweep();
    expect(await again()).toBe(2);
    // the second link, of two days ago, is known still
    expect(await count('one_time_secrets')).toBe(1);
  });

  it('the codes of a day are counted all the same, and gone a day later', async () => {
    const user = await channelUser(service);
    for (let sent = 1; sent < 20; sent++) {
      service.clock.advance(30 * MINUTE);
      await resendCode(service, { email: user.email });
    }
    service.clock.advance(30 * MINUTE);
    await sweep();
    await resendCode(service, { email: user.email });
    const [newest, last] = await mailedProofs(service, user.email);
    expect([newest?.code, last?.code]).toEqual([undefined, expect.stringMatching(/^\d{6}$/)]);
    expect(await count('one_time_codes')).toBe(20);
    service.clock.advance(DAY);
    await sweep();
    expect(await count('one_time_codes')).toBe(0);
    await resendCode(service, { email: user.email });
    const [fresh] = await mailedProofs(service, user.email);
    expect((await enterCode(service, fresh!.code!, { email: user.email })).status).toBe(200);
  });

  it('mails go a month after they were written, but for those that are owed and those that a mailbox shows', async () => {
    await service.database.query(
      `INSERT INTO mails (recipient, message_id, created_at, next_attempt_at, sent_at, failed_at)
       SELECT name, gen_random_uuid(), now() - age, now() + interval '1 day', sent, failed
       FROM (VALUES ('old sent', interval '31 days', now() - interval '31 days', NULL),
                    ('old failed', interval '31 days', NULL, now() - interval '27 days'),
                    ('owed', interval '31 days', NULL, NULL),
                    ('new sent', interval '29 days', now(), NULL)) AS m (name, age, sent, failed)`,
    );
    await sweep();
    expect(await count('mails')).toBe(4);
    const development = service.nest.get<Config>(CONFIG, { strict: false });
    const config = { ...development, mail: { ...development.mail, keepContent: false } };
    const queue = new MailQueue(
      service.nest.get(Database, { strict: false }),
      service.clock,
      service.nest.get(Sweeps, { strict: false }),
      config,
    );
    expect([await queue.forgetOld(1), await queue.forgetOld(10), await queue.forgetOld(10)]).toEqual([
      1, 1, 0,
    ]);
    const left = await service.database.query('SELECT recipient FROM mails ORDER BY recipient');
    expect(left).toEqual([{ recipient: 'new sent' }, { recipient: 'owed' }]);
  });

  it('a kind that fails is told once, until it works again, and holds up no other', async () => {
    let broken = true;
    service.nest.get(Sweeps, { strict: false }).add({
      name: `broken ${randomUUID()}`,
      removeSome: () => (broken ? Promise.reject(new Error('away')) : Promise.resolve(0)),
    });
    const person = await newPerson(service);
    service.clock.advance(32 * DAY);
    for (let runs = 0; runs < 3; runs++) await sweep();
    expect(logged('sweep_failed')).toHaveLength(1);
    expect(await kept(person.access)).toBe(false);
    broken = false;
    for (let runs = 0; runs < 2; runs++) await sweep();
    expect(logged('sweep_works_again')).toHaveLength(1);
  });

  it('one run at a time, and a node that stops begins no further batch', async () => {
    let [batches, atOnce, most] = [0, 0, 0];
    const third = await startService({ database: service.database });
    const begun = new Promise<void>((resolve) => {
      third.nest.get(Sweeps, { strict: false }).add({
        name: 'endless',
        removeSome: async () => {
          most = Math.max(most, ++atOnce);
          await new Promise((next) => setImmediate(next));
          atOnce--;
          if (++batches === 2) resolve();
          return 1;
        },
      });
    });
    const runs = [rowsOf(third).run(), rowsOf(third).run()];
    await begun;
    await third.stop();
    const then = batches;
    await Promise.all(runs);
    expect(batches).toBe(then);
    expect(then).toBeLessThan(100);
    expect(most).toBe(1);
  });
});
