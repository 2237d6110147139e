import { eventually } from '../../support/eventually.js';
import { send } from '../../support/http.js';
import { SmtpPeer } from '../../support/smtp-peer.js';
import { type Service, startService } from '../../support/start-service.js';

interface Shown {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** One suite over both transports: what a mail says arrives, once, and is marked. */
describe.each(['the development mailbox', 'SMTP'])('mail by %s', (transport) => {
  let peer: SmtpPeer | undefined;
  let service: Service;
  beforeAll(async () => {
    peer = transport === 'SMTP' ? await SmtpPeer.start() : undefined;
    service = await startService({ env: peer ? { SMTP_URL: peer.url } : {} });
  });
  afterAll(async () => {
    await service.stop();
    await peer?.stop();
  });

  const register = (username: string) =>
    send('POST', `${service.url}/camel/api/v1/auth/register`, {
      body: { username, email: `${username}@example.com`, password: 'correct horse battery' },
    });
  const mailbox = async (to: string): Promise<Shown[]> => {
    const url = `${service.url}/dev/mailbox?to=${encodeURIComponent(to)}`;
    return (await send('GET', url, { headers: { accept: 'application/json' } })).json as Shown[];
  };
  const marked = (to: string) =>
    eventually('the mail to be marked as sent', async () => {
      const rows = await service.database.query('SELECT * FROM mails WHERE recipient = $1', [to]);
      return rows[0]?.['sent_at'] ? rows : undefined;
    });

  it('arrives once, is marked, and is shown by the mailbox', async () => {
    expect((await register('alice')).status).toBe(201);
    const rows = await marked('alice@example.com');
    expect(rows).toMatchObject([{ attempts: 1, failed_at: null, failure: null }]);
    const shown = await mailbox('alice@example.com');
    expect(shown).toMatchObject([{ to: 'alice@example.com', subject: 'Verify your e-mail address' }]);
    if (!peer) return;
    const [received, ...more] = peer.to('alice@example.com');
    expect(more).toEqual([]);
    expect(received?.mail.subject).toBe(shown[0]?.subject);
    expect(received?.mail.text).toBe(shown[0]?.text);
    expect((received?.mail.html as string).trim()).toBe(shown[0]?.html.trim());
    expect(received?.mail.messageId).toBe(`<${String(rows[0]?.['message_id'])}@gatehouse.localhost>`);
  });

  it('is not sent where the transaction that owed it was rolled back', async () => {
    // the mail is owed by then, and the session that the same transaction opens cannot be
    await service.database.query('ALTER TABLE sessions ADD CONSTRAINT none CHECK (false) NOT VALID');
    expect((await register('bob')).status).toBe(500);
    await service.database.query('ALTER TABLE sessions DROP CONSTRAINT none');
    expect((await register('carol')).status).toBe(201);
    // mails leave in the order in which they were owed
    await marked('carol@example.com');
    expect(await mailbox('bob@example.com')).toEqual([]);
    expect(peer?.to('bob@example.com') ?? []).toEqual([]);
  });

  it('is not sent for a registration that conflicts', async () => {
    expect((await register('dave')).status).toBe(201);
    // the name is taken, the address is not: nothing may go to it
    const { status } = await send('POST', `${service.url}/camel/api/v1/auth/register`, {
      body: { username: 'dave', email: 'other@example.com', password: 'correct horse battery' },
    });
    expect(status).toBe(409);
    expect((await register('erin')).status).toBe(201);
    await marked('erin@example.com');
    expect(await mailbox('other@example.com')).toEqual([]);
    expect(peer?.to('other@example.com') ?? []).toEqual([]);
  });
});
