import { eventually } from '../../support/eventually.js';
import { send } from '../../support/http.js';
import { SmtpPeer } from '../../support/smtp-peer.js';
import { type Service, startService } from '../../support/start-service.js';

interface MailRow {
  readonly id: string;
  readonly attempts: number;
  readonly sent_at: Date | null;
  readonly failed_at: Date | null;
  readonly failure: string | null;
  /** Milliseconds until the next try. */
  readonly pause: number;
}

const HOUR = 3_600_000;

describe('delivery by SMTP', () => {
  let peer: SmtpPeer;
  let service: Service;
  let count = 0;
  beforeAll(async () => {
    peer = await SmtpPeer.start();
    service = await startService({ env: { SMTP_URL: peer.url } });
  });
  afterEach(() => peer.release());
  afterAll(async () => {
    await service.stop();
    await peer.stop();
  });

  /** Registers an account, which owes one mail. Gives its address. */
  const register = async (): Promise<string> => {
    const username = `user${++count}`;
    const email = `${username}@example.com`;
    const body = { username, email, password: 'correct horse battery' };
    const { status } = await send('POST', `${service.url}/camel/api/v1/auth/register`, { body });
    expect(status).toBe(201);
    return email;
  };
  const row = async (email: string): Promise<MailRow> => {
    const [found] = await service.database.query<MailRow>(
      `SELECT *, extract(epoch FROM next_attempt_at - now())::float8 * 1000 - $2 AS pause
       FROM mails WHERE recipient = $1`,
      [email, service.clock.offsetMs],
    );
    return found as MailRow;
  };
  /** Waits until the mail has been tried so often without success, and what came of it is written down. */
  const failed = (email: string, attempts: number): Promise<MailRow> =>
    eventually(`attempt ${attempts} to fail`, async () => {
      const { id } = await row(email);
      const line = `"mailId":"${id}","attempt":${attempts},`;
      return service.log.some((logLine) => logLine.includes(line)) ? row(email) : undefined;
    });
  const logged = (event: string): string[] =>
    service.log.filter((line) => line.includes(`"event":"${event}"`));

  it('answers the request while the peer hangs, and delivers once it goes on', async () => {
    peer.script = { recipient: 'hang' };
    const order: string[] = [];
    const email = await register();
    order.push('registered');
    await eventually('the peer to be asked', () => peer.reached.includes(`recipient ${email}`));
    expect(peer.to(email)).toEqual([]);
    const second = await register();
    order.push('registered again');
    peer.release();
    await eventually('the mails', () => peer.to(email).length === 1 && peer.to(second).length === 1);
    order.push('delivered');
    expect(order).toEqual(['registered', 'registered again', 'delivered']);
  });

  it('tries again what was deferred, after a pause that grows, and delivers it once', async () => {
    peer.script = { recipient: { code: 451, text: '4.2.0 greylisted, try later' } };
    const email = await register();
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt++) {
      pauses.push((await failed(email, attempt)).pause);
      if (attempt === 3) peer.release();
      service.clock.advance(5_000 * 2 ** (attempt - 1));
    }
    // what is left of the pause when it is read
    expect(pauses.map((pause) => Math.ceil(pause / 5_000))).toEqual([1, 2, 4]);
    await eventually('the mail', () => peer.to(email).length === 1);
    const sent = await eventually('the mark', async () => (await row(email)).sent_at && row(email));
    expect(sent).toMatchObject({ attempts: 4, failed_at: null });
    expect(logged('mail_deferred').at(-1)).toContain('451 4.2.0 to RCPT TO');
  });

  it('waits an hour at the most, and gives up after about four days of trying', async () => {
    peer.script = { recipient: { code: 451, text: 'try later' } };
    const email = await register();
    await failed(email, 1);
    await service.database.query('UPDATE mails SET attempts = 98 WHERE recipient = $1', [email]);
    service.clock.advance(HOUR);
    const pause = (await failed(email, 99)).pause;
    expect(pause).toBeGreaterThan(HOUR - 30_000);
    expect(pause).toBeLessThanOrEqual(HOUR);
    service.clock.advance(HOUR);
    expect(await failed(email, 100)).toMatchObject({ sent_at: null, failure: '451 to RCPT TO' });
    expect((await row(email)).failed_at).not.toBeNull();
    expect(logged('mail_given_up')).toHaveLength(1);
  });

  it('gives up a recipient that is refused, without a word of its address', async () => {
    peer.script = { recipient: (to) => ({ code: 550, text: `5.1.1 <${to}> does not exist` }) };
    const email = await register();
    const refused = await failed(email, 1);
    expect(refused).toMatchObject({ sent_at: null, failure: '550 5.1.1 to RCPT TO' });
    expect(refused.failed_at).not.toBeNull();
    expect(logged('mail_refused')).toHaveLength(1);
    expect(service.log.join('')).not.toContain(email);
    // and never again, however much time passes
    peer.release();
    service.clock.advance(48 * HOUR);
    const next = await register();
    await eventually('the next mail', () => peer.to(next).length === 1);
    expect(peer.to(email)).toEqual([]);
    expect((await row(email)).attempts).toBe(1);
  });

  it.each(['greeting', 'data'] as const)('delivers after a peer that died at: %s', async (step) => {
    // a new connection, or there is no greeting to die at
    peer.script = { sender: 'die' };
    await failed(await register(), 1);
    peer.script = { [step]: 'die' };
    const email = await register();
    await failed(email, 1);
    expect(peer.to(email)).toEqual([]);
    peer.release();
    service.clock.advance(5_000);
    await eventually('the mail', () => peer.to(email).length === 1);
  });
});

describe('a node', () => {
  const cleanups: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  const startPeer = async (port?: number): Promise<SmtpPeer> => {
    const peer = await SmtpPeer.start(port === undefined ? {} : { port });
    cleanups.push(() => peer.stop());
    return peer;
  };
  const startNode = async (smtpUrl: string): Promise<Service> => {
    const node = await startService({ env: { SMTP_URL: smtpUrl } });
    cleanups.push(() => node.stop());
    return node;
  };
  const register = async (node: Service, username: string): Promise<void> => {
    const body = { username, email: `${username}@example.com`, password: 'correct horse battery' };
    const { status } = await send('POST', `${node.url}/camel/api/v1/auth/register`, { body });
    expect(status).toBe(201);
  };

  it('delivers once its peer, down at first, is up', async () => {
    const gone = await SmtpPeer.start();
    const { port, url } = gone;
    await gone.stop();
    const node = await startNode(url);
    await register(node, 'dora');
    await eventually('a try', () => node.log.some((line) => line.includes('"event":"mail_deferred"')));
    const peer = await startPeer(port);
    node.clock.advance(5_000);
    await eventually('the mail', () => peer.to('dora@example.com').length === 1);
  });

  it('that stops finishes the mail that it is sending', async () => {
    const peer = await startPeer();
    peer.script = { end: 'hang' };
    const node = await startNode(peer.url);
    await register(node, 'emil');
    await eventually('the mail to be on its way', () => peer.seen.length === 1);
    const stopping = node.nest.close();
    peer.release();
    await stopping;
    const [mail] = await node.database.query('SELECT sent_at FROM mails');
    expect(mail?.['sent_at']).not.toBeNull();
    expect(peer.to('emil@example.com')).toHaveLength(1);
  });
});
