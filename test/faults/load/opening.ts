import { CONTRACTS, type ContractId } from './clients.js';
import { anyOf } from './load.js';
import type { Person } from './person.js';
import type { Result } from './recorder.js';

const REGISTRARS: readonly ContractId[] = ['token', 'camel', 'channel', 'jsend', 'snake'];

/** Registers, and asks again until the account is there: made now, or by an earlier try. */
export async function register(person: Person): Promise<void> {
  const { account, email, load } = person;
  const contract = anyOf(REGISTRARS);
  const body = {
    ...{ username: account, email, password: person.passwordText(1), status: 'ACTIVE' as const },
    ...{ firstName: 'Mary', lastName: 'Smith', image: null },
  };
  const { outcome, granted } = await load.persist((node) =>
    load.recorder.ask('register', node, contract, { account, password: 1 }, (clients) =>
      clients[contract].register(body),
    ),
  );
  person.registered = outcome === 'accepted' || outcome === 'refused';
  if (granted) person.keep(contract, granted);
}

/** Logs in by the password that is relied on, or another. */
export async function logIn(person: Person, number = person.password): Promise<Result> {
  const { account, email, load } = person;
  const contract = anyOf(CONTRACTS);
  const result = await load.persist((node) =>
    load.recorder.ask('log-in', node, contract, { account, password: number }, (clients) =>
      clients[contract].logIn(email, person.passwordText(number)),
    ),
  );
  if (result.granted) person.keep(contract, result.granted);
  return result;
}

/** Finds out which password was taken where a change was not acknowledged. */
export async function settlePassword(person: Person): Promise<void> {
  for (let number = person.chosen; number >= person.password; number--) {
    if (person.load.isEnding) return;
    const { outcome } = await logIn(person, number);
    if (outcome !== 'accepted') continue;
    person.password = number;
    return;
  }
}

/** Asks which of the passwords that may be the account's opens it, and whether the one before does not. */
export async function logInForTheRecord(person: Person): Promise<void> {
  const { account, email, load, password, chosen } = person;
  const first = Math.max(1, password - 1);
  for (let number = first; number <= chosen; number++) {
    const contract = anyOf(CONTRACTS);
    const facts = { account, password: number, final: true } as const;
    await load.recorder.ask('log-in', load.recorder.anyNode(), contract, facts, (clients) =>
      clients[contract].logIn(email, person.passwordText(number)),
    );
  }
}
