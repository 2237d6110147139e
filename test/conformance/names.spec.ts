import type { Holder, Person, Tokens } from './clients/contract-client.js';
import { expectRefused, logIn, useService } from './support/use-service.js';
import { offers } from './support/where-offered.js';

const service = useService();

/** That every contract which shows names shows these. */
async function expectShown({ access }: Tokens, { username, email }: Person): Promise<void> {
  const shown = service.clients.filter((client) => offers(client, ['identify']));
  expect(shown.length).toBeGreaterThan(0);
  for (const client of shown) {
    const { holder } = await client.identify(access);
    expect({ username, email }).toMatchObject(namesIn(holder));
  }
}

const namesIn = ({ username, email }: Holder) => ({
  ...(username !== undefined && { username }),
  ...(email !== undefined && { email }),
});

describe.each(service.clients)('names, at login through $id', (client) => {
  it.each([
    ['the username', (name: string) => name],
    ['the username in another case', (name: string) => name.toUpperCase()],
    ['the username between blanks', (name: string) => `  ${name}\t`],
    ['the e-mail address', (_: string, email: string) => email],
    ['the e-mail address in another case', (_: string, email: string) => email.toLowerCase()],
    ['the e-mail address between blanks', (_: string, email: string) => ` ${email} `],
  ])('%s will do', async (_, login) => {
    const person = await service.registered(client);
    const outcome = await client.logIn(login(person.username, person.email), person.password);
    expect(outcome.status).toBe(200);
    await expectShown(outcome.tokens, person);
  });

  it('a password is taken as it is: its case and its blanks count', async () => {
    const person = await service.registered(client, { password: ' A pass word ' });
    expectRefused(client, await client.logIn(person.username, 'A pass word'), 401);
    expectRefused(client, await client.logIn(person.username, ' a pass word '), 401);
    await logIn(client, person);
  });

  it('a password is the same however its characters are composed', async () => {
    const person = await service.registered(client, { password: 'caf\u00e9 au lait' });
    await logIn(client, { ...person, password: 'cafe\u0301 au lait' });
  });
});

type Taken = readonly [what: string, free: 'username' | 'email', again: (person: Person) => Partial<Person>];

const TAKEN_USERNAMES: readonly Taken[] = [
  ['username in another case', 'email', ({ username }) => ({ username: username.toUpperCase() })],
  ['username between blanks', 'email', ({ username }) => ({ username: `  ${username} ` })],
];
const TAKEN_ADDRESSES: readonly Taken[] = [
  ['e-mail address in another case', 'username', ({ email }) => ({ email: email.toUpperCase() })],
  ['e-mail address between blanks', 'username', ({ email }) => ({ email: ` ${email}\t` })],
];

const pairs = service.clients.flatMap((first) => service.clients.map((second) => ({ first, second })));

describe.each(pairs)('an account registered through $first.id, and $second.id', ({ first, second }) => {
  it('logs in there, by name and by address', async () => {
    const person = await service.registered(first);
    await logIn(second, person);
    await logIn(second, { ...person, username: person.email });
  });

  it.each([
    ...(first.facts.hasUsernames && second.facts.hasUsernames ? TAKEN_USERNAMES : []),
    ...TAKEN_ADDRESSES,
  ])('its %s is taken there', async (_, free, again) => {
    const person = await service.registered(first);
    const other = service.newPerson(second, again(person));
    expectRefused(second, await second.register(other), 409);
    // Nothing of the refused one was stored, and the first one is as it was.
    expectRefused(second, await second.logIn(other[free], other.password), 401);
    await logIn(second, person);
  });

  it('names are stored trimmed and shown as they were given', async () => {
    const person = service.newPerson(first);
    const { username, email } = person;
    await service.registered(first, { ...person, username: `  ${username} `, email: `\t${email} ` });
    const { tokens } = await second.logIn(username, person.password);
    await expectShown(tokens, person);
    expect(await service.storedAccount(person)).toMatchObject({ email });
  });
});
