import { bearer, send } from '../support/http.js';
import type { Facts, Offering, Person, Proof, Tokens } from './clients/contract-client.js';
import { DAY, expectRefused, logIn, MINUTE, SECOND, useService } from './support/use-service.js';
import { offers, whereOffered } from './support/where-offered.js';

/** How long a mailed link and a mailed code are good for. */
const LIFE = { link: DAY, code: 15 * MINUTE } satisfies Record<NonNullable<Facts['verifiesBy']>, number>;
const UNVERIFIED = { status: 'PENDING', verified: false };
const VERIFIED = { status: 'ACTIVE', verified: true };

const service = useService();

type Verifier = Offering<'verifyEmail'>;

const expectAccount = async (person: Person, expected: { status: string; verified: boolean }) =>
  expect(await service.storedAccount(person)).toMatchObject(expected);

/** What was mailed, with the address, so that a code is looked for nowhere else. */
const proofOf = async ({ email }: Person): Promise<Proof> => ({
  ...(await service.mailedProof(email)),
  email,
});

const lifeOf = ({ facts: { verifiesBy = 'link' } }: Pick<Verifier, 'facts'>) => LIFE[verifiesBy];

const pending = service.clients.filter(({ facts }) => facts.registers === 'PENDING');
const verifiers = service.clients.filter((client) => offers(client, ['verifyEmail']));

describe.each(service.clients)('a registration through $id', (client) => {
  it('starts with the status of its document, and mails a link and a code where that has a verification', async () => {
    const person = await service.registered(client);
    await expectAccount(person, { status: client.facts.registers, verified: false });
    const mailed = client.facts.registers === 'PENDING' ? [person.email] : [];
    expect((await service.mailsTo(person.email)).map(({ to }) => to)).toEqual(mailed);
    if (mailed.length > 0) expect((await service.mailedProof(person.email)).code).toMatch(/^\d{6}$/);
  });

  it('lets the account log in through every contract before any verification', async () => {
    const { username, password } = await service.registered(client);
    for (const other of service.clients) expect((await other.logIn(username, password)).status).toBe(200);
  });
});

describe('the verification of an address', () =>
  whereOffered(service.clients, ['verifyEmail'], (client) => {
    it.each(pending)('makes a PENDING account of $id ACTIVE', async (owner) => {
      const person = await service.registered(owner);
      expect((await client.verifyEmail(await proofOf(person))).status).toBe(200);
      await expectAccount(person, VERIFIED);
    });

    it('done again, by a link is fine (mail scanners fetch them first), and by a code is not', async () => {
      const person = await service.registered(client);
      const proof = await proofOf(person);
      const first = await client.verifyEmail(proof);
      const second = await client.verifyEmail(proof);
      if (client.facts.verifiesBy === 'link') expect([second.status, second.body]).toEqual([200, first.body]);
      else expectRefused(client, second, 400);
      await expectAccount(person, VERIFIED);
    });

    it.each(verifiers.filter(({ id }) => id !== client.id))(
      'voids what $id would have verified it by',
      async (other) => {
        const person = await service.registered(client);
        const proof = await proofOf(person);
        expect((await client.verifyEmail(proof)).status).toBe(200);
        expectRefused(other, await other.verifyEmail(proof), 400);
      },
    );

    it('is refused when what was mailed has become too old', async () => {
      const late = await service.registered(client);
      service.advance(lifeOf(client) - 10 * SECOND);
      const inTime = await service.registered(client);
      service.advance(11 * SECOND);
      expectRefused(client, await client.verifyEmail(await proofOf(late)), 400);
      await expectAccount(late, UNVERIFIED);
      expect((await client.verifyEmail(await proofOf(inTime))).status).toBe(200);
    });

    it.each(['secret', 'A'.repeat(43), 'x'.repeat(400), '%20', '%00', '%C3%A4', '%ff', '123456'])(
      'is refused for something made up: %s',
      async (made) => {
        const { email } = service.newPerson(client);
        expectRefused(client, await client.verifyEmail({ link: made, code: made, email }), 400);
      },
    );

    it('is not done by what was mailed to somebody else', async () => {
      const [mine, theirs] = [await service.registered(client), await service.registered(client)];
      const proof = { ...(await proofOf(theirs)), email: mine.email };
      const { status } = await client.verifyEmail(proof);
      // a link says itself whose it is; a code is held against the address that comes with it
      expect(status).toBe(client.facts.verifiesBy === 'link' ? 200 : 400);
      await expectAccount(mine, UNVERIFIED);
    });
  }));

describe('a code that comes with a Bearer token', () => {
  const [channel] = verifiers.filter(({ facts }) => facts.verifiesBy === 'code');
  if (!channel) throw new Error('no contract verifies by code');
  const verifyAs = ({ access }: Tokens, verificationCode: string) =>
    channel.request('POST', '/api/auth/verify-email', {
      headers: bearer(access),
      body: { verificationCode },
    });

  it.each(service.clients)(
    'of a session of $id is held against the account of that token',
    async (opener) => {
      const { code } = await service.mailedProof((await service.registered(channel)).email);
      const person = await service.registered(channel);
      const tokens = await logIn(opener, person);
      expect((await verifyAs(tokens, code)).status).toBe(400);
      await expectAccount(person, UNVERIFIED);
      const own = await service.mailedProof(person.email);
      expect((await verifyAs(tokens, own.code)).status).toBe(200);
      await expectAccount(person, VERIFIED);
    },
  );

  it('is not looked at where the token is not valid', async () => {
    const { person, tokens } = await service.loggedIn(channel);
    const { code } = await service.mailedProof(person.email);
    await channel.logOut(tokens.access);
    expect((await verifyAs(tokens, code)).status).toBe(401);
    await expectAccount(person, UNVERIFIED);
  });
});

describe('a mailed link', () =>
  it.each(pending)('works as it was mailed to an account of $id', async (client) => {
    const person = await service.registered(client);
    const [mail] = await service.mailsTo(person.email);
    const link = new URL(/https?:\S+/.exec(mail?.text ?? '')?.[0] ?? 'http://the-mail-has-no-link');
    expect((await send('GET', `${service.url()}${link.pathname}${link.search}`)).status).toBe(200);
    await expectAccount(person, VERIFIED);
  }));

describe('a reset link', () =>
  whereOffered(service.clients, ['verifyEmail', 'requestReset', 'confirmReset'], (client) => {
    it('is no proof of the address, and stays good when it is tried as one', async () => {
      const person = await service.registered(client);
      await client.requestReset(person.email);
      const link = await service.mailedSecret(person.email, 'Reset');
      const { email } = person;
      // 32 characters at the most are taken for a code
      for (const code of [link, link.slice(0, 32)])
        expectRefused(client, await client.verifyEmail({ link, code, email }), 400);
      await expectAccount(person, UNVERIFIED);
      expect((await client.confirmReset(link, 'another password')).status).toBe(200);
    });

    it('verifies the address, after which what was mailed for that is still answered 200', async () => {
      const person = await service.registered(client);
      const proof = await proofOf(person);
      await client.requestReset(person.email);
      await client.confirmReset(await service.mailedSecret(person.email, 'Reset'), 'another password');
      await expectAccount(person, VERIFIED);
      expect((await client.verifyEmail(proof)).status).toBe(200);
    });
  }));

describe('the status in the profile', () =>
  whereOffered(service.clients, ['profile'], (client) => {
    it.each(pending)(
      'of an account of $id goes from PENDING to ACTIVE with the verification',
      async (owner) => {
        const { person, tokens } = await service.loggedIn(owner);
        const shown = async () => (await client.profile(tokens.access)).accountStatus;
        const before = await shown();
        for (const verifier of verifiers) await verifier.verifyEmail(await proofOf(person));
        expect([before, await shown()]).toEqual(
          client.facts.showsStatus ? ['PENDING', 'ACTIVE'] : [undefined, undefined],
        );
      },
    );
  }));
