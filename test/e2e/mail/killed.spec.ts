import { type BuiltService, startBuiltService } from '../../support/built-service.js';
import { eventually } from '../../support/eventually.js';
import { holdLock } from '../../support/held-lock.js';
import { send } from '../../support/http.js';
import { SmtpPeer } from '../../support/smtp-peer.js';
import { startService } from '../../support/start-service.js';
import { testDatabase, type TestDatabase } from '../../support/test-database.js';

/** Longer than a claim lasts: the dead node's mail is anybody's. */
const CLAIM_IS_OVER_MS = 61_000;

describe('kill -9 of the service', () => {
  let database: TestDatabase;
  let peer: SmtpPeer;
  let victim: BuiltService;
  beforeEach(async () => {
    [database, peer] = await Promise.all([testDatabase(), SmtpPeer.start()]);
    victim = await startBuiltService({ DATABASE_URL: database.url, SMTP_URL: peer.url });
  });
  afterEach(async () => {
    await victim.end('SIGKILL');
    await peer.stop();
    await database.drop();
  });

  const register = async (username: string): Promise<void> => {
    const body = { username, email: `${username}@example.com`, password: 'correct horse battery' };
    const { status } = await send('POST', `${victim.url}/camel/api/v1/auth/register`, { body });
    expect(status).toBe(201);
  };
  /** Another node, later: returns when every mail is marked. */
  const deliveredByAnother = async (): Promise<void> => {
    const another = await startService({ env: { SMTP_URL: peer.url }, database });
    another.clock.advance(CLAIM_IS_OVER_MS);
    try {
      await eventually('every mail to be marked', async () => {
        const rows = await database.query('SELECT 1 FROM mails WHERE sent_at IS NULL');
        return rows.length === 0;
      });
    } finally {
      await another.stop();
    }
  };

  it('loses no mail in the middle of sending it', async () => {
    peer.script = {
      recipient: (to) => (to.startsWith('alice') ? 'hang' : 'accept'),
      end: (to) => (to.startsWith('bob') ? 'hang' : 'accept'),
    };
    for (const username of ['alice', 'bob', 'carol']) await register(username);
    await eventually('two mails to be on their way, and one there', () =>
      ['recipient alice@example.com', 'end bob@example.com', 'end carol@example.com'].every((step) =>
        peer.reached.includes(step),
      ),
    );
    await victim.end('SIGKILL');
    await eventually('the peer to notice', () => peer.connections === 0);
    peer.release();
    await deliveredByAnother();
    expect(new Set(peer.recipients)).toEqual(
      new Set(['alice@example.com', 'bob@example.com', 'carol@example.com']),
    );
    expect(peer.to('alice@example.com')).toHaveLength(1);
    expect(peer.to('bob@example.com')).toHaveLength(1);
    // whatever a receiver may have kept of the first copy is recognised by its Message-ID
    const copies = peer.seen.filter(({ recipient }) => recipient === 'bob@example.com');
    expect(copies.length).toBe(2);
    expect(new Set(copies.map(({ mail }) => mail.messageId)).size).toBe(1);
  });

  it('loses no mail after its commit and before it is sent', async () => {
    // no claim succeeds: the request's commit is all that happens
    await database.query('CREATE RULE nobody_claims AS ON UPDATE TO mails DO INSTEAD NOTHING');
    await register('alice');
    await victim.end('SIGKILL');
    expect(peer.reached).toEqual([]);
    await database.query('DROP RULE nobody_claims ON mails');
    await deliveredByAnother();
    expect(peer.recipients).toEqual(['alice@example.com']);
  });

  it('between the "250" and the mark costs a second copy, under the same Message-ID', async () => {
    peer.script = { end: 'hang' };
    await register('alice');
    await eventually('the mail to be on its way', () => peer.seen.length === 1);
    const lock = await holdLock(database, 'SELECT 1 FROM mails FOR UPDATE');
    peer.release();
    await lock.untilWaiting(1);
    await victim.end('SIGKILL');
    // the server would finish the statement of the client that is gone
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    await lock.release();
    await deliveredByAnother();
    expect(peer.recipients).toEqual(['alice@example.com', 'alice@example.com']);
    const [first, second] = peer.accepted;
    expect(second?.mail.messageId).toBe(first?.mail.messageId);
  });
});
