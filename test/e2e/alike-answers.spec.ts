import { eventually } from '../support/eventually.js';
import { BEHIND_PROXY, logInFrom } from '../support/from-network.js';
import { holdLock } from '../support/held-lock.js';
import { type Answer, send } from '../support/http.js';
import { CONTRACT_IDS, demandedHeaders } from '../support/open-account.js';
import { freshName, newPerson } from '../support/race-client.js';
import { type Service, startService } from '../support/start-service.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WRONG = 'not the password';
const [A, B, C] = ['203.0.113.1', '203.0.113.2', '203.0.113.3'];

/** Times as the contracts write them: ISO 8601 and milliseconds since the epoch. */
const TIMES = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?|\b\d{13}\b/g;

/** An answer as its client reads it: everything in its order, but for times and the request's own id. */
function readable({ status, headers, text }: Answer): unknown {
  const { date: _date, 'x-request-id': _id, 'retry-after': _seconds, ...rest } = headers;
  return {
    status,
    names: Object.keys(headers),
    headers: Object.entries(rest),
    text: text.replace(TIMES, '<time>'),
  };
}

/** Seconds may pass between the two. */
function expectAlike(unknown: Answer, known: Answer): void {
  expect(readable(unknown)).toEqual(readable(known));
  const [waits, knownWaits] = [unknown, known].map(({ headers }) => Number(headers['retry-after'] ?? 0));
  expect(Math.abs((waits as number) - (knownWaits as number))).toBeLessThanOrEqual(3);
}

describe('known and unknown names', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({
      env: {
        ...BEHIND_PROXY,
        LOCKOUT_ATTEMPTS: '3',
        LOCKOUT_ACCOUNT_ATTEMPTS: '5',
        ENUMERATION_PROTECTION: 'true',
      },
    });
  });
  afterAll(() => service.stop());

  it.each(CONTRACT_IDS)('%s: walk through the same answers, in every state of the lock', async (contract) => {
    const { email } = await newPerson(service);
    const nobody = `${freshName()}@example.com`;
    const step = async (address: string, status: number, seconds?: number): Promise<void> => {
      const known = await logInFrom(service, address, email, WRONG, contract);
      expectAlike(await logInFrom(service, address, nobody, WRONG, contract), known);
      expect(known.status).toBe(status);
      const waits = Number(known.headers['retry-after'] ?? 0);
      expect(Math.abs(waits - (seconds ?? 0))).toBeLessThanOrEqual(10);
    };
    // open, to the limit of the pair
    for (let i = 0; i < 3; i++) await step(A, 401);
    for (let i = 0; i < 2; i++) await step(A, 423, 15 * 60);
    // to the limit of all networks
    for (let i = 0; i < 2; i++) await step(B, 401);
    await step(C, 423, DAY / 1_000);
    await step(A, 423, DAY / 1_000);
    // the pair's lock is over, the other is not
    service.clock.advance(16 * MINUTE);
    await step(A, 423, DAY / 1_000 - 16 * 60);
    // and all is open again
    service.clock.advance(DAY);
    await step(A, 401);
    await step(C, 401);
  });

  const RESETS = [
    ['channel', '/api/auth/forgot-password'],
    ['camel', '/api/v1/auth/password-reset'],
  ] as const;

  const ask = (contract: 'channel' | 'camel', path: string, email: string): Promise<Answer> =>
    send('POST', `${service.url}/${contract}${path}`, {
      headers: demandedHeaders(contract),
      body: { email },
    });

  it.each(RESETS)('%s%s: one answer for both', async (contract, path) => {
    const { email } = await newPerson(service);
    const known = await ask(contract, path, email);
    expect(known.status).toBe(200);
    expectAlike(await ask(contract, path, `${freshName()}@example.com`), known);
  });

  it.each(RESETS)('%s%s: requests for one address take turns, known or not', async (contract, path) => {
    const { email } = await newPerson(service);
    const nobody = `${freshName()}@example.com`;
    const HOLD = {
      known: ['SELECT FROM users WHERE email_key = $1 FOR UPDATE', email],
      unknown: ['SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', nobody],
    } as const;
    for (const [sql, address] of Object.values(HOLD)) {
      const lock = await holdLock(service.database, sql, [address]);
      const asked = ask(contract, path, address.toUpperCase());
      await lock.untilWaiting(1);
      await lock.release();
      expect((await asked).status).toBe(200);
    }
  });

  it('a request for an unknown address waits for the disk too: its commit is one of something', async () => {
    await eventually('the mails of the tests before', async () => {
      const [{ owed } = { owed: 1 }] = await service.database.query<{ owed: number }>(
        'SELECT count(*)::int AS owed FROM mails WHERE sent_at IS NULL',
      );
      return owed === 0;
    });
    // A transaction that writes nothing gets no number.
    const nextNumber = async (): Promise<bigint> => {
      const [row] = await service.database.query<{ next: string }>(
        'SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next',
      );
      return BigInt(row?.next ?? 0);
    };
    const before = await nextNumber();
    await ask('channel', '/api/auth/forgot-password', `${freshName()}@example.com`);
    expect(await nextNumber()).toBeGreaterThan(before);
  });
});
