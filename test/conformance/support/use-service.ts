import { send } from '../../support/http.js';
import { type Service, startService } from '../../support/start-service.js';
import { claimsOf } from './claims.js';
import { clientsOf } from '../clients/index.js';
import type {
  ContractClient,
  Operation,
  Outcome,
  Person,
  Proof,
  Tokens,
} from '../clients/contract-client.js';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

type Registrar = Pick<ContractClient, 'register' | 'facts'>;

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

  /** Somebody whom the service does not know yet, as they will be known once they have registered through this contract. */
  newPerson({ facts: contract }: Pick<ContractClient, 'facts'>, facts: Partial<Person> = {}): Person {
    const name = `Person.${++this.people}`;
    const email = facts.email ?? `${name}@Example.com`;
    return {
      email,
      password: `password of ${name}`,
      status: contract.registers,
      firstName: contract.storesNames ? 'Mary' : null,
      lastName: contract.storesNames ? 'Ann Smith' : null,
      image: null,
      ...facts,
      username: contract.hasUsernames ? (facts.username ?? name) : email,
    };
  }

  /** Somebody who has registered through this contract. */
  async registered(client: Registrar, facts: Partial<Person> = {}): Promise<Person> {
    const person = this.newPerson(client, facts);
    expect((await client.register(person)).status).toBe(client.facts.registered);
    return person;
  }

  /** Somebody new with one session that a login opened. */
  async loggedIn(
    client: Registrar & Pick<ContractClient, 'logIn'>,
    facts: Partial<Person> = {},
  ): Promise<{ person: Person; tokens: Tokens }> {
    const person = await this.registered(client, facts);
    return { person, tokens: await logIn(client, person) };
  }

  /** A refresh token of each contract that has one beside its access tokens. */
  async refreshTokens(): Promise<string[]> {
    const clients = this.clients.filter(({ facts }) => facts.refreshBy !== 'access');
    const sessions = await Promise.all(clients.map((client) => this.loggedIn(client)));
    return sessions.map(({ tokens }) => tokens.refresh);
  }

  /** An account's row. @param person by the name that it is shown with */
  async storedAccount({ username }: Pick<Person, 'username'>) {
    const [row] = await this.running.database.query(
      `SELECT *, email_verified_at IS NOT NULL AS verified FROM users WHERE coalesce(username, email) = $1`,
      [username],
    );
    return row;
  }

  /** The row of the session that a token belongs to. */
  async storedSession({ access }: Tokens) {
    const [row] = await this.running.database.query('SELECT * FROM sessions WHERE id = $1', [
      claimsOf(access).sid,
    ]);
    return row;
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

  /** What the newest verification mail proves its address by. */
  async mailedProof(email: string): Promise<Proof> {
    const [mail] = (await this.mailsTo(email)).filter(({ subject }) => subject.includes('Verify'));
    const [, code] = /^(\d{6})$/m.exec(mail?.text ?? '') ?? [];
    if (code === undefined) throw new Error(`${email} was mailed no code: ${mail?.text}`);
    return { link: await this.mailedSecret(email, 'Verify'), code };
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
  expect(outcome.body).toEqual(client.refusal.body(outcome.status, outcome.body));
  expect(outcome.headers['content-type']?.split(';')[0]).toBe(client.refusal.mediaType);
}

const NONE: Tokens = { access: '', refresh: '' };

/** What the document promises of this operation, to the key. @param presented the tokens, where the answer holds none */
export function expectDocumented(
  client: Pick<ContractClient, 'documented'>,
  operation: Operation,
  person: Person,
  outcome: Outcome,
  presented: Tokens = NONE,
): void {
  const tokens = outcome.tokens.access === '' ? presented : outcome.tokens;
  const [status, body] = client.documented[operation]?.({ person, tokens }) ?? [];
  expect([outcome.status, outcome.body]).toEqual([status, body]);
}

/** The secret that refreshes a session next: what stays the same when its token is signed again. */
export const refreshSecretOf = (
  { facts: { refreshBy } }: Pick<ContractClient, 'facts'>,
  { refresh }: Tokens,
): string => (refreshBy === 'uuid' ? refresh : claimsOf(refresh).jti);
