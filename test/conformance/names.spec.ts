import { expectRefused, logIn, useService } from './support/use-service.js';

const service = useService();

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
    const { holder } = await client.check(outcome.tokens.access);
    expect(holder?.username).toBe(person.username);
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

const pairs = service.clients.flatMap((first) => service.clients.map((second) => ({ first, second })));

describe.each(pairs)('an account registered through $first.id, and $second.id', ({ first, second }) => {
  it('logs in there, by name and by address', async () => {
    const person = await service.registered(first);
    await logIn(second, person);
    await logIn(second, { ...person, username: person.email });
  });

  it.each([
    ['username', { username: 'TAKEN.name' }, { username: 'taken.NAME' }],
    ['username between blanks', { username: 'blanked' }, { username: '  blanked ' }],
    ['e-mail address', { email: 'Taken@Example.com' }, { email: 'tAKEN@eXAMPLE.com' }],
    ['e-mail address between blanks', { email: 'blanked@example.com' }, { email: ' blanked@example.com ' }],
  ])('its %s is taken there, in any case', async (_, taken, again) => {
    const prefix = `${first.id}.${second.id}.`;
    const unique = <Facts extends { username?: string; email?: string }>({ username, email }: Facts) => ({
      ...(username !== undefined && { username: username.replace(/[a-z]/i, (start) => `${prefix}${start}`) }),
      ...(email !== undefined && { email: email.replace(/[a-z]/i, (start) => `${prefix}${start}`) }),
    });
    const person = await service.registered(first, unique(taken));
    const other = service.newPerson(unique(again));
    expectRefused(second, await second.register(other), 409);
    // Nothing of the refused one was stored, and the first one is as it was.
    const free = other.username.toLowerCase().includes(prefix) ? other.email : other.username;
    expectRefused(second, await second.logIn(free, other.password), 401);
    await logIn(second, person);
  });

  it('names are stored trimmed and shown as they were given', async () => {
    const { username, email, password } = service.newPerson();
    await service.registered(first, { username: `  ${username} `, email: `\t${email} `, password });
    const { tokens } = await second.logIn(username, password);
    expect((await second.check(tokens.access)).holder?.username).toBe(username);
    expect(await service.mailsTo(` ${email}`)).toEqual([]);
    expect(
      await service.running.database.query('SELECT email FROM users WHERE username = $1', [username]),
    ).toEqual([{ email }]);
  });
});
