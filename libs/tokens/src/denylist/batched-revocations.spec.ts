import type { Database } from '@gatehouse/database';
import type { SessionId } from '@gatehouse/kernel';
import { session } from '../../../../test/support/denylist-bench.js';
import { settled } from '../../../../test/support/steered-node-clock.js';
import { BatchedRevocations } from './batched-revocations.js';

interface Sent {
  readonly sids: readonly SessionId[];
  /** Answers with what is revoked by then. */
  readonly answer: () => Promise<void>;
  readonly fail: (error: Error) => Promise<void>;
}

describe('BatchedRevocations', () => {
  let sent: Sent[];
  let revoked: Map<SessionId, string>;
  let revocations: BatchedRevocations;

  beforeEach(() => {
    sent = [];
    revoked = new Map();
    const run = (_: unknown, [sids]: [SessionId[]]) =>
      new Promise((resolve, reject) => {
        // PostgreSQL reads when it has the statement, however late the answer comes.
        const rows = sids.filter((sid) => revoked.has(sid)).map((sid) => ({ sid, value: revoked.get(sid) }));
        sent.push({
          sids,
          answer: () => (resolve(rows), settled()),
          fail: (error) => (reject(error), settled()),
        });
      });
    revocations = new BatchedRevocations({ run } as unknown as Database);
  });

  it('asks by one statement what is asked in one turn, each session once', async () => {
    revoked.set(session(2), '*');
    const values = Promise.all([1, 2, 2, 3].map((number) => revocations.valueOf(session(number))));
    await settled();
    expect(sent.map(({ sids }) => sids)).toEqual([[session(1), session(2), session(3)]]);
    await sent[0]?.answer();
    expect(await values).toEqual([undefined, '*', '*', undefined]);
  });

  it('never joins a question to one that is on its way', async () => {
    const before = revocations.valueOf(session());
    await settled();
    revoked.set(session(), '*');
    const after = revocations.valueOf(session());
    await settled();
    expect(sent).toHaveLength(2);
    await sent[1]?.answer();
    await sent[0]?.answer();
    expect(await before).toBeUndefined();
    expect(await after).toBe('*');
  });

  it('has two on their way at most, and collects what comes meanwhile', async () => {
    const values = [];
    for (let i = 1; i <= 6; i++) {
      values.push(revocations.valueOf(session(i)));
      await settled();
    }
    expect(sent.map(({ sids }) => sids.length)).toEqual([1, 1]);
    await sent[0]?.answer();
    expect(sent.map(({ sids }) => sids.length)).toEqual([1, 1, 4]);
    for (const { answer } of sent.slice(1)) await answer();
    expect(await Promise.all(values)).toEqual(Array.from({ length: 6 }, () => undefined));
  });

  it('fails with a batch all that was asked in it, and nothing else', async () => {
    const lost = [1, 2].map((number) => revocations.valueOf(session(number)));
    await settled();
    const kept = revocations.valueOf(session(1));
    await settled();
    const failures = Promise.allSettled(lost);
    await sent[0]?.fail(new Error('no database'));
    await sent[1]?.answer();
    expect((await failures).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(lost[0]).rejects.toThrow('no database');
    expect(await kept).toBeUndefined();
    const next = revocations.valueOf(session(1));
    await settled();
    await sent[2]?.answer();
    expect(await next).toBeUndefined();
  });
});
