import { Database } from '@gatehouse/database';
import { Outbox } from '@gatehouse/mail';
import { eventually } from '../../support/eventually.js';
import { SmtpPeer } from '../../support/smtp-peer.js';
import { type Service, startService } from '../../support/start-service.js';

const MAILS = 200;
const CONTENT = { subject: 'Hello', text: 'Hello\n', html: '<p>Hello</p>' };

describe('two nodes over one database', () => {
  const peers: SmtpPeer[] = [];
  const nodes: Service[] = [];
  afterAll(async () => {
    for (const node of nodes.reverse()) await node.stop();
    for (const peer of peers) await peer.stop();
  });

  it(`deliver ${MAILS} mails, both of them, each mail once`, async () => {
    // a peer for each node, so that each one's share shows
    for (let i = 0; i < 2; i++) peers.push(await SmtpPeer.start());
    const [a, b] = peers as [SmtpPeer, SmtpPeer];
    const first = await startService({ env: { SMTP_URL: a.url } });
    nodes.push(
      first,
      await startService({ env: { SMTP_URL: b.url }, database: first.database, clock: first.clock }),
    );
    const addresses = Array.from({ length: MAILS }, (_, i) => `user${i}@example.com`);
    await Promise.all(
      addresses.map((address, i) => {
        const { nest } = nodes[i % 2] as Service;
        const outbox = nest.get(Outbox, { strict: false });
        return nest
          .get(Database, { strict: false })
          .transaction((transaction) => outbox.put(transaction, address, CONTENT));
      }),
    );
    await eventually('every mail to be marked', async () => {
      const [row] = await first.database.query<{ sent: number }>(
        'SELECT count(sent_at)::int AS sent FROM mails',
      );
      return row?.sent === MAILS;
    });
    expect([...a.recipients, ...b.recipients].sort()).toEqual([...addresses].sort());
    expect(Math.min(a.accepted.length, b.accepted.length)).toBeGreaterThan(0);
    const ids = [...a.accepted, ...b.accepted].map(({ mail }) => mail.messageId);
    expect(new Set(ids).size).toBe(MAILS);
  });
});
