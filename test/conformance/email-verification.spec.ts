import { send } from '../support/http.js';
import { DAY, expectRefused, SECOND, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const service = useService();

const accountOf = async (username: string) => {
  const [row] = await service.running.database.query(
    'SELECT status, email_verified_at IS NOT NULL AS verified FROM users WHERE username = $1',
    [username],
  );
  return row;
};

describe.each(service.clients)('a registration through $id', (client) => {
  it('starts with the status of its document, and mails a link where that has a verification', async () => {
    const { username, email } = await service.registered(client);
    const pending = client.facts.registers === 'PENDING';
    expect(await accountOf(username)).toEqual({ status: client.facts.registers, verified: false });
    expect((await service.mailsTo(email)).map(({ to }) => to)).toEqual(pending ? [email] : []);
  });

  it('lets the account log in through every contract before any verification', async () => {
    const { username, password } = await service.registered(client);
    for (const other of service.clients) expect((await other.logIn(username, password)).status).toBe(200);
  });
});

describe('the verification of an address', () =>
  whereOffered(service.clients, ['verifyEmail'], (client) => {
    it('makes a PENDING account ACTIVE', async () => {
      const { username, email } = await service.registered(client);
      const secret = await service.mailedSecret(email, 'Verify');
      expect((await client.verifyEmail(secret)).status).toBe(200);
      expect(await accountOf(username)).toEqual({ status: 'ACTIVE', verified: true });
    });

    it('may be done twice: mail scanners fetch links before people do', async () => {
      const { email } = await service.registered(client);
      const secret = await service.mailedSecret(email, 'Verify');
      const first = await client.verifyEmail(secret);
      const second = await client.verifyEmail(secret);
      expect([second.status, second.body]).toEqual([200, first.body]);
    });

    it('works by the link as it was mailed', async () => {
      const { username, email } = await service.registered(client);
      const [mail] = await service.mailsTo(email);
      const link = new URL(/https?:\S+/.exec(mail?.text ?? '')?.[0] ?? 'http://the-mail-has-no-link');
      expect((await send('GET', `${service.url()}${link.pathname}${link.search}`)).status).toBe(200);
      expect(await accountOf(username)).toEqual({ status: 'ACTIVE', verified: true });
    });

    it('is refused a day after the mail', async () => {
      const { username, email } = await service.registered(client);
      const secret = await service.mailedSecret(email, 'Verify');
      service.advance(DAY - 10 * SECOND);
      const intime = await service.registered(client);
      service.advance(11 * SECOND);
      expectRefused(client, await client.verifyEmail(secret), 400);
      expect(await accountOf(username)).toEqual({ status: 'PENDING', verified: false });
      expect((await client.verifyEmail(await service.mailedSecret(intime.email, 'Verify'))).status).toBe(200);
    });

    it.each(['secret', 'A'.repeat(43), 'x'.repeat(400), '%20', '%00', '%C3%A4', '%ff'])(
      'is refused for a made-up link: %s',
      async (secret) => {
        expectRefused(client, await client.verifyEmail(secret), 400);
      },
    );
  }));

describe('a reset link', () =>
  whereOffered(service.clients, ['verifyEmail', 'requestReset', 'confirmReset'], (client) => {
    it('is no verification link, and stays good when it is tried as one', async () => {
      const { username, email } = await service.registered(client);
      await client.requestReset(email);
      const secret = await service.mailedSecret(email, 'Reset');
      expectRefused(client, await client.verifyEmail(secret), 400);
      expect(await accountOf(username)).toEqual({ status: 'PENDING', verified: false });
      expect((await client.confirmReset(secret, 'another password')).status).toBe(200);
    });

    it('verifies the address, after which the verification link still answers 200', async () => {
      const { email } = await service.registered(client);
      const verification = await service.mailedSecret(email, 'Verify');
      await client.requestReset(email);
      await client.confirmReset(await service.mailedSecret(email, 'Reset'), 'another password');
      expect((await client.verifyEmail(verification)).status).toBe(200);
    });
  }));

describe('the status in the profile', () =>
  whereOffered(service.clients, ['profile', 'verifyEmail'], (client) => {
    it('goes from PENDING to ACTIVE with the verification', async () => {
      const { person, tokens } = await service.loggedIn(client);
      expect((await client.profile(tokens.access)).accountStatus).toBe('PENDING');
      await client.verifyEmail(await service.mailedSecret(person.email, 'Verify'));
      expect((await client.profile(tokens.access)).accountStatus).toBe('ACTIVE');
    });
  }));
