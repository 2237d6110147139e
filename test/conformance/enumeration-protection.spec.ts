import { logIn, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const service = useService({ ENUMERATION_PROTECTION: 'true' });

describe('with ENUMERATION_PROTECTION, a request for a reset', () =>
  whereOffered(service.clients, ['requestReset', 'confirmReset'], (client) => {
    it('is answered alike for known and unknown addresses, and mails the known one alone', async () => {
      const known = await service.registered(client);
      const unknown = service.newPerson(client);
      const [first, second] = [
        await client.requestReset(known.email),
        await client.requestReset(unknown.email),
      ];
      expect(first.status).toBe(200);
      expect([second.status, second.body]).toEqual([first.status, first.body]);
      expect(Object.keys(second.headers)).toEqual(Object.keys(first.headers));
      expect(await service.mailsTo(unknown.email)).toEqual([]);
      const secret = await service.mailedSecret(known.email, 'Reset');
      expect((await client.confirmReset(secret, 'another password')).status).toBe(200);
      await logIn(client, { ...known, password: 'another password' });
    });

    it('still refuses what is no address', async () => {
      expect((await client.requestReset('no address')).status).toBe(400);
    });
  }));
