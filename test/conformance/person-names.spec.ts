import type { ContractClient, Person, Tokens } from './clients/contract-client.js';
import { expectDocumented, logIn, useService } from './support/use-service.js';
import { offers, whereOffered } from './support/where-offered.js';

const service = useService();

const PORTRAIT = { name: 'profile_pic.jpg', link: 'http://example.com/storage/123/profile_pic.jpg' };

const one = (id: string): ContractClient => {
  const client = service.clients.find((other) => other.id === id);
  if (!client) throw new Error(`there is no contract ${id}`);
  return client;
};

/** That every contract shows this person in its own form, at the login and wherever else its document has a person. */
async function expectShownEverywhere(person: Person): Promise<void> {
  for (const client of service.clients) {
    const { username, password } = person;
    const outcome = await client.logIn(username, password);
    expectDocumented(client, 'logIn', person, outcome);
    if (offers(client, ['identify']))
      expectDocumented(
        client,
        'identify',
        person,
        await client.identify(outcome.tokens.access),
        outcome.tokens,
      );
    if (offers(client, ['profile']))
      expectDocumented(
        client,
        'profile',
        person,
        await client.profile(outcome.tokens.access),
        outcome.tokens,
      );
  }
}

describe('the names of a person', () => {
  it('given in one form are shown in every other', async () => {
    const [channel, jsend, snake] = [one('channel'), one('jsend'), one('snake')];
    const body = { fullName: 'Mary Ann Smith', email: 'mary@example.com', password: 'a long password' };
    expect((await jsend.request('POST', '/api/auth/register', { body })).status).toBe(200);
    const mary = { username: body.email, password: body.password };
    const inSnake = await snake.logIn(mary.username, mary.password);
    expect((await channel.logIn(mary.username, mary.password)).body.data.user).toMatchObject({
      firstName: 'Mary',
      lastName: 'Ann Smith',
    });
    expect(inSnake.body.data.user).toMatchObject({
      first_name: 'Mary',
      last_name: 'Ann Smith',
      full_name: 'Mary Ann Smith',
    });

    const headers = { authorization: `Bearer ${inSnake.tokens.access}` };
    const names = { first_name: 'Mary Ann', last_name: 'Jones' };
    expect((await snake.request('PATCH', '/api/users/me', { headers, body: names })).status).toBe(200);
    expect((await channel.logIn(mary.username, mary.password)).body.data.user).toMatchObject({
      firstName: 'Mary Ann',
      lastName: 'Jones',
    });
    const { access } = await logIn(jsend, mary);
    expect((await jsend.use(access)).body.data.user.fullName).toBe('Mary Ann Jones');
  });

  describe.each(service.clients.filter(({ facts }) => facts.storesNames))('given to $id', (client) => {
    it.each([
      ['two', 'Mary', 'Smith'],
      ['three', 'Mary', 'Ann Smith'],
      ['with more than one blank between them', 'Mary', ' Ann  Smith'],
      ['in other letters', 'Мария', 'Ångström-Łęcka 李'],
      ['beyond the Basic Multilingual Plane', '😀', '𝒮𝓂𝒾𝓉𝒽'],
      ['that look like markup', '<b>Mary</b>', '"&amp;" \\ Smith'],
    ])('are shown by each contract in its own form: %s', async (_, firstName, lastName) => {
      // what is sent as a field of its own is trimmed; between two names every blank is kept
      const kept = client.id === 'jsend' ? lastName : lastName.trim();
      const person = await service.registered(client, { firstName, lastName });
      await expectShownEverywhere({ ...person, lastName: kept });
    });
  });

  it('of one word are a first name alone', async () => {
    const person = await service.registered(one('jsend'), { firstName: 'Mary', lastName: null });
    await expectShownEverywhere(person);
  });

  describe.each(service.clients.filter(({ facts }) => !facts.storesNames))(
    'of an account of $id',
    (client) => {
      it('are none, whatever its registration was told', async () => {
        await expectShownEverywhere(await service.registered(client));
      });
    },
  );
});

describe('a change of the profile', () =>
  whereOffered(service.clients, ['updateProfile'], (client) => {
    /** Changes somebody's profile, is answered as documented, and gives them as they then are. */
    const change = async (
      person: Person,
      tokens: Tokens,
      changes: Partial<Pick<Person, 'firstName' | 'lastName' | 'image'>>,
    ): Promise<Person> => {
      const { image, ...names } = changes;
      const link = image === undefined ? {} : { imageLink: image?.link ?? null };
      const outcome = await client.updateProfile(tokens.access, { ...names, ...link });
      const changed = { ...person, ...changes };
      expectDocumented(client, 'updateProfile', changed, outcome, tokens);
      return changed;
    };

    describe.each(service.clients)('of an account of $id', (owner) => {
      it('is seen through every contract', async () => {
        const { person, tokens } = await service.loggedIn(owner);
        const changes = { firstName: 'Ada', lastName: 'King Lovelace', image: PORTRAIT };
        await expectShownEverywhere(await change(person, tokens, changes));
      });
    });

    it.each([
      ['nothing', {}],
      ['the first name alone', { firstName: 'Grace' }],
      ['the last name alone', { lastName: 'Hopper' }],
      [
        'the image alone',
        { image: { name: 'a%20b.png', link: 'https://cdn.example.com/u/a%20b.png?size=2#x' } },
      ],
      ['an image at the top', { image: { name: 'cdn.example.com', link: 'https://cdn.example.com/' } }],
    ])('changes %s and leaves the rest', async (_, changes) => {
      const { person, tokens } = await service.loggedIn(one('channel'));
      await expectShownEverywhere(
        await change(await change(person, tokens, { image: PORTRAIT }), tokens, changes),
      );
    });

    it.each([
      ['the first name', { firstName: null }],
      ['the last name', { lastName: null }],
      ['the image', { image: null }],
      ['everything', { firstName: null, lastName: null, image: null }],
    ])('clears %s by null', async (_, changes) => {
      const { person, tokens } = await service.loggedIn(one('channel'));
      await expectShownEverywhere(
        await change(await change(person, tokens, { image: PORTRAIT }), tokens, changes),
      );
    });

    it.each([
      '',
      'portrait.jpg',
      'javascript:alert(1)',
      'data:image/png;base64,AAAA',
      'ftp://example.com/a.png',
    ])('refuses what is no link to an image, and changes nothing: %j', async (imageLink) => {
      const { person, tokens } = await service.loggedIn(client);
      const { status } = await client.updateProfile(tokens.access, { firstName: 'Eve', imageLink });
      expect(status).toBe(400);
      await expectShownEverywhere(person);
    });
  }));
