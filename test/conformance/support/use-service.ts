import { send } from '../../support/http.js';
import { type Service, startService } from '../../support/start-service.js';
import { clientsOf } from '../clients/index.js';
import type { ContractClient, Outcome, Person, Tokens } from '../clients/contract-client.js';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** A service for the scenarios of one file: started before the first, stopped after the last. */
export class ServiceInUse {
  private started: Service | undefined;
  private people = 0;

  readonly url = (): string => this.running.url;
  /** Every contract, each at its own prefix. */
  readonly clients = clientsOf(this.url, 'prefix');
  /** Every contract, at the root. */
  readonly rootClients = clientsOf(this.url, 'root');

  get running(): Service {
    if (!this.started) throw new Error('the service runs inside of tests and hooks alone');
    return this.started;
  }

  async start(env: Record<string, string>): Promise<void> {
    this.started = await startService({ env });
  }

  async stop(): Promise<void> {
    await this.started?.stop();
  }

  advance(ms: number): void {
    this.running.clock.advance(ms);
  }

  /** Somebody whom the service does not know yet. */
  newPerson(facts: Partial<Person> = {}): Person {
    const username = `Person.${++this.people}`;
    return { username, email: `${username}@Example.com`, password: `password of ${username}`, ...facts };
  }

  /** Somebody who has registered through this contract. */
  async registered(client: Pick<ContractClient, 'register'>, facts: Partial<Person> = {}): Promise<Person> {
    const person = this.newPerson(facts);
    expect((await client.register(person)).status).toBe(201);
    return person;
  }

  /** Somebody new with one session that a login opened. */
  async loggedIn(
    client: Pick<ContractClient, 'register' | 'logIn'>,
  ): Promise<{ person: Person; tokens: Tokens }> {
    const person = await this.registered(client);
    return { person, tokens: await logIn(client, person) };
  }

  /** All mails to an address, newest first. */
  async mailsTo(email: string): Promise<Mail[]> {
    const url = `${this.url()}/dev/mailbox?to=${encodeURIComponent(email)}`;
    return (await send('GET', url, { headers: { accept: 'application/json' } })).json as Mail[];
  }

  /** The secrets of the links that were mailed to an address, newest first. */
  async mailedSecrets(email: string, purpose: 'Verify' | 'Reset'): Promise<string[]> {
    const link = purpose === 'Verify' ? /\/api\/v1\/auth\/verify-email\/([\w-]+)\s/ : /\?token=([\w-]+)\s/;
    const mails = (await this.mailsTo(email)).filter(({ subject }) => subject.includes(purpose));
    return mails.map(({ text }) => link.exec(text)?.[1] ?? `the mail has no link: ${text}`);
  }

  /** The secret of the newest such link. */
  async mailedSecret(email: string, purpose: 'Verify' | 'Reset'): Promise<string> {
    const [secret] = await this.mailedSecrets(email, purpose);
    if (secret === undefined) throw new Error(`${email} was sent no ${purpose} mail`);
    return secret;
  }
}

/** A session's tokens, opened by a login that must go well. */
export async function logIn(
  client: Pick<ContractClient, 'logIn'>,
  person: Pick<Person, 'username' | 'password'>,
): Promise<Tokens> {
  const { status, tokens } = await client.logIn(person.username, person.password);
  expect(status).toBe(200);
  return tokens;
}

/** Starts a service of its own for the file that calls this. @param env settings beside those of all tests */
export function useService(env: Record<string, string> = {}): ServiceInUse {
  const service = new ServiceInUse();
  beforeAll(() => service.start(env));
  afterAll(() => service.stop());
  return service;
}

/** That an answer is this refusal, in the contract's own format and no further keys. */
export function expectRefused(
  client: Pick<ContractClient, 'refusal'>,
  outcome: Outcome,
  status: number | undefined,
): void {
  expect(outcome.status).toBe(status);
  expect(outcome.body).toEqual(client.refusal.body(outcome.status));
  expect(outcome.headers['content-type']?.split(';')[0]).toBe(client.refusal.mediaType);
}
