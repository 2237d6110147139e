import { type SmtpServer } from '@gatehouse/config';
import { smtpUrl } from '../../../libs/config/src/mail-parsers.js';
import { DeliveryFailure } from '../../../libs/mail/src/mail-transport.js';
import { SmtpTransport } from '../../../libs/mail/src/smtp.transport.js';
import { SmtpPeer, type SmtpPeerOptions } from '../../support/smtp-peer.js';

/** Short, so that a peer that hangs is found out at once. */
const PATIENCE = { connect: 250, reply: 250 };
const FROM = { name: 'Gate, house', address: 'no-reply@gatehouse.example' };
const MAIL = {
  to: 'bob@example.com',
  subject: 'Grüße – a subject that is not ASCII',
  text: 'Hello,\n\na line.\n.\n..leading dots, ünïcode\n',
  html: '<p>Hello, <b>ü</b></p>',
  messageId: '0f8fad5b-d9cb-469f-a165-70867728950e',
};

describe('the SMTP transport', () => {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  const startPeer = async (options?: SmtpPeerOptions): Promise<SmtpPeer> => {
    const peer = await SmtpPeer.start(options);
    cleanups.push(() => peer.stop());
    return peer;
  };
  const transportTo = (server: string | SmtpServer): SmtpTransport => {
    const target = typeof server === 'string' ? smtpUrl(server) : server;
    const transport = new SmtpTransport(target, FROM, 2, PATIENCE);
    cleanups.push(() => transport.close());
    return transport;
  };
  const idle = new AbortController().signal;
  const failureOf = async (transport: SmtpTransport, mail = MAIL): Promise<unknown> => {
    const error = await transport.deliver(mail, idle).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof DeliveryFailure)) return error ?? 'delivered';
    return { reason: error.reason, final: error.final };
  };

  it('hands over text, HTML, both addresses and the Message-ID, as they are', async () => {
    const peer = await startPeer();
    await transportTo(peer.url).deliver(MAIL, idle);
    const [{ mail, recipient, sender }] = peer.accepted as [(typeof peer.accepted)[0]];
    expect({ recipient, sender }).toEqual({ recipient: MAIL.to, sender: FROM.address });
    expect(mail.from?.value).toEqual([FROM]);
    expect(mail.subject).toBe(MAIL.subject);
    expect(mail.text).toBe(MAIL.text);
    expect((mail.html as string).trim()).toBe(MAIL.html);
    expect(mail.messageId).toBe(`<${MAIL.messageId}@gatehouse.example>`);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('keeps its connection for the next mail', async () => {
    const peer = await startPeer();
    const transport = transportTo(peer.url);
    await transport.deliver(MAIL, idle);
    await transport.deliver(MAIL, idle);
    expect(peer.reached.filter((step) => step === 'greeting')).toHaveLength(1);
    expect(peer.accepted).toHaveLength(2);
  });

  it.each(['a,eve@example.com', '"a, eve@example.com"@example.com', 'Eve <eve@example.com>'])(
    'never reads the address %s as several, or as another',
    async (to) => {
      const peer = await startPeer();
      await failureOf(transportTo(peer.url), { ...MAIL, to });
      expect(peer.reached).not.toContain('recipient eve@example.com');
      expect(peer.accepted.length).toBeLessThanOrEqual(1);
    },
  );

  it.each([
    [
      'a deferred recipient',
      'recipient',
      { code: 451, text: '4.7.1 bob@example.com try later' },
      '451 4.7.1 to RCPT TO',
      false,
    ],
    [
      'a refused recipient',
      'recipient',
      { code: 550, text: '5.1.1 no bob@example.com here' },
      '550 5.1.1 to RCPT TO',
      true,
    ],
    [
      'a refused recipient, no enhanced code',
      'recipient',
      { code: 550, text: 'no bob@example.com here' },
      '550 to RCPT TO',
      true,
    ],
    [
      'relaying that is denied',
      'recipient',
      { code: 554, text: '5.7.1 relay access denied' },
      '554 5.7.1 to RCPT TO',
      false,
    ],
    [
      'a login that is missing',
      'recipient',
      { code: 530, text: 'authenticate first' },
      '530 to RCPT TO',
      false,
    ],
    ['a refused sender', 'sender', { code: 553, text: 'not yours' }, '553 to MAIL FROM', false],
    ['a deferred message', 'end', { code: 452, text: '4.3.1 disk full' }, '452 4.3.1 to DATA', false],
    ['a refused message', 'end', { code: 552, text: '5.3.4 too big' }, '552 5.3.4 to DATA', true],
    ['a peer that is closed', 'greeting', { code: 554, text: 'go away' }, '554 to CONN', false],
  ] as const)('%s: says so, without the address', async (_case, step, behaviour, reason, final) => {
    const peer = await startPeer();
    peer.script = { [step]: behaviour };
    expect(await failureOf(transportTo(peer.url))).toEqual({ reason, final });
    expect(peer.accepted).toEqual([]);
  });

  it.each(['greeting', 'sender', 'recipient', 'end'] as const)(
    'does not wait for a peer that hangs at: %s',
    async (step) => {
      const peer = await startPeer();
      peer.script = { [step]: 'hang' };
      expect(await failureOf(transportTo(peer.url))).toEqual({
        reason: expect.stringMatching(/^no reply \((ETIMEDOUT|ECONNECTION)\)$/),
        final: false,
      });
    },
  );

  it.each(['greeting', 'sender', 'recipient', 'data', 'end'] as const)(
    'knows that a peer has not taken what it dropped at: %s',
    async (step) => {
      const peer = await startPeer();
      peer.script = { [step]: 'die' };
      expect(await failureOf(transportTo(peer.url))).toEqual({
        reason: expect.stringMatching(/^no reply/),
        final: false,
      });
      expect(peer.accepted).toEqual([]);
      peer.script = {};
    },
  );

  it('delivers again once the peer is well', async () => {
    const peer = await startPeer();
    const transport = transportTo(peer.url);
    peer.script = { data: 'die' };
    await failureOf(transport);
    peer.script = {};
    expect(await failureOf(transport)).toBe('delivered');
  });

  it('gives up at once when told to', async () => {
    const peer = await startPeer();
    peer.script = { end: 'hang' };
    const stop = new AbortController();
    const patient = new SmtpTransport(smtpUrl(peer.url), FROM, 1, { connect: 60_000, reply: 60_000 });
    cleanups.push(() => patient.close());
    const delivery = patient.deliver(MAIL, stop.signal);
    stop.abort();
    await expect(delivery).rejects.toMatchObject({ reason: 'no reply (EABORT)', final: false });
  });

  it('calls a closed port no reply', async () => {
    const peer = await SmtpPeer.start();
    const { url } = peer;
    await peer.stop();
    expect(await failureOf(transportTo(url))).toMatchObject({ final: false });
  });

  it('sends nothing where TLS is required and not offered', async () => {
    const peer = await startPeer();
    expect(await failureOf(transportTo(`${peer.url}?tls=required`))).toMatchObject({ final: false });
    expect(peer.seen).toEqual([]);
  });

  it('trusts no certificate that nobody vouches for', async () => {
    for (const options of [{ secure: true }, { startTls: true }]) {
      const peer = await startPeer(options);
      expect(await failureOf(transportTo(peer.url))).toMatchObject({ final: false });
      expect(peer.seen).toEqual([]);
    }
  });

  it('leaves STARTTLS alone where the URL says so', async () => {
    const peer = await startPeer({ startTls: true });
    expect(await failureOf(transportTo(`${peer.url}?tls=off`))).toBe('delivered');
    expect(peer.accepted[0]?.secure).toBe(false);
  });

  it('logs in, and tries again later with a login that is refused', async () => {
    const peer = await startPeer({ login: 'gatehouse:s3cret' });
    expect(await failureOf(transportTo(peer.url))).toBe('delivered');
    expect(peer.accepted[0]?.user).toBe('gatehouse');
    expect(await failureOf(transportTo(peer.url.replace('s3cret', 'wrong')))).toEqual({
      reason: expect.stringMatching(/^535 to AUTH/),
      final: false,
    });
  });
});
