import type { ContractClient, Outcome } from './clients/contract-client.js';
import { expectRefused, logIn, MINUTE, SECOND, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const ATTEMPTS = 10;
const LOCK_S = 15 * 60;
const WRONG = 'not the password';

const service = useService();
const [first] = service.clients;
if (!first) throw new Error('there is no contract');

/** What a client could tell answers apart by: everything but what the moment decides, and the request's own id. */
function comparable({ status, headers, body }: Outcome): unknown {
  const { date: _date, 'x-request-id': _id, 'retry-after': seconds, ...rest } = headers;
  return { status, headers: rest, waits: seconds !== undefined, body: { ...body, timestamp: null } };
}

async function fail(
  client: Pick<ContractClient, 'logIn' | 'refusal'>,
  login: string,
  times: number,
): Promise<void> {
  for (let i = 0; i < times; i++) expectRefused(client, await client.logIn(login, WRONG), 401);
}

function expectLocked(client: Pick<ContractClient, 'refusal'>, outcome: Outcome): void {
  expectRefused(client, outcome, 423);
  const seconds = Number(outcome.headers['retry-after']);
  expect(seconds).toBeGreaterThan(LOCK_S - 30);
  expect(seconds).toBeLessThanOrEqual(LOCK_S);
}

describe.each(service.clients)('wrong logins through $id', (client) => {
  it('an unknown name, an unknown address and a wrong password are one answer', async () => {
    const { username } = await service.registered(client);
    const wrong = await client.logIn(username, WRONG);
    expectRefused(client, wrong, 401);
    const { username: nobody, email } = service.newPerson(first);
    expect(comparable(await client.logIn(nobody, WRONG))).toEqual(comparable(wrong));
    expect(comparable(await client.logIn(email, WRONG))).toEqual(comparable(wrong));
  });

  it('an unknown name is locked exactly like an account', async () => {
    const { username } = await service.registered(client);
    const { username: nobody } = service.newPerson(client);
    await fail(client, username, ATTEMPTS);
    await fail(client, nobody, ATTEMPTS);
    const [locked, nobodyLocked] = [await client.logIn(username, WRONG), await client.logIn(nobody, WRONG)];
    for (const outcome of [locked, nobodyLocked]) expectLocked(client, outcome);
    expect(comparable(nobodyLocked)).toEqual(comparable(locked));
  });

  it('the right password is refused while the lock lasts, and accepted after', async () => {
    const person = await service.registered(client);
    await fail(client, person.username, ATTEMPTS);
    expectLocked(client, await client.logIn(person.username, person.password));
    expectLocked(client, await client.logIn(person.email.toUpperCase(), person.password));
    service.advance(14 * MINUTE);
    expectRefused(client, await client.logIn(person.username, person.password), 423);
    // Refused tries are not counted, or whoever keeps trying would keep the owner out for good.
    service.advance(MINUTE + SECOND);
    await logIn(client, person);
  });

  it('username and address share one count', async () => {
    const person = await service.registered(first);
    expect(person.username).not.toBe(person.email);
    await fail(client, person.username, ATTEMPTS - 1);
    await fail(client, person.email, 1);
    expectLocked(client, await client.logIn(person.username, person.password));
  });

  it('a right password before the limit clears the count', async () => {
    const person = await service.registered(client);
    await fail(client, person.username, ATTEMPTS - 1);
    await logIn(client, person);
    await fail(client, person.username, ATTEMPTS - 1);
    await logIn(client, person);
  });

  it('failures are forgotten after the window', async () => {
    const person = await service.registered(client);
    await fail(client, person.username, ATTEMPTS - 1);
    service.advance(LOCK_S * SECOND + SECOND);
    await fail(client, person.username, ATTEMPTS - 1);
    await logIn(client, person);
  });

  it('a lock touches neither live sessions nor other accounts', async () => {
    const { person, tokens } = await service.loggedIn(client);
    const other = await service.registered(client);
    await fail(client, person.username, ATTEMPTS);
    expectLocked(client, await client.logIn(person.username, person.password));
    expect((await client.use(tokens.access)).status).toBe(client.facts.used);
    expect((await client.refresh(tokens)).status).toBe(200);
    await logIn(client, other);
  });

  it('the lock is the same one through every other contract', async () => {
    const person = await service.registered(client);
    for (let i = 0; i < ATTEMPTS; i++) {
      const guesser = service.clients[i % service.clients.length] ?? client;
      expectRefused(guesser, await guesser.logIn(person.username, WRONG), 401);
    }
    for (const other of service.clients)
      expectLocked(other, await other.logIn(person.username, person.password));
  });
});

describe('the current password at a change of the password', () =>
  whereOffered(service.clients, ['changePassword'], (client) => {
    it('is guessed no more often than at login', async () => {
      const { person, tokens } = await service.loggedIn(client);
      const guess = () => client.changePassword(tokens.access, WRONG, 'another password');
      for (let i = 0; i < ATTEMPTS - 1; i++) {
        expectRefused(client, await guess(), client.facts.wrongCurrentPassword);
      }
      await fail(first, person.username, 1);
      expectLocked(client, await guess());
      const right = await client.changePassword(tokens.access, person.password, 'another password');
      expectLocked(client, right);
      expectLocked(client, await client.logIn(person.username, person.password));
    });
  }));
