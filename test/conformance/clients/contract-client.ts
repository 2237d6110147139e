import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Answer } from '../../support/http.js';

/** Somebody with an account, as they know themselves. */
export interface Person {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** What a session's holder keeps; empty strings where an answer held none. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

/** An answer in the words of the scenarios; `body` stays as the contract spells it. */
export interface Outcome {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Answer['json'];
  readonly tokens: Tokens;
}

export type Verdict = 'valid' | 'expired' | 'revoked' | 'invalid';

export interface Checked extends Outcome {
  readonly verdict: Verdict;
  /** Whose token it is, where it is valid. */
  readonly holder?: { readonly userId: number; readonly username: string; readonly role: 'USER' | 'ADMIN' };
}

export interface ListedSession {
  readonly id: string;
  readonly contract: string;
  readonly current: boolean;
  readonly ended: boolean;
}

export interface SessionList extends Outcome {
  readonly sessions: readonly ListedSession[];
}

export interface Profile extends Outcome {
  readonly accountStatus: string;
}

/** Something that a document lacks, said aloud, with a route at which it would be if the document had it. */
export class NotOffered {
  constructor(
    readonly reason: string,
    readonly route: readonly [method: string, path: string],
  ) {}
}

export const notOffered = (reason: string, method: string, path: string): NotOffered =>
  new NotOffered(reason, [method, path]);

export type Offered<Operation> = Operation | NotOffered;

/** What every document offers. */
export interface CommonOperations {
  register(person: Person): Promise<Outcome>;
  /** @param login a username or an e-mail address */
  logIn(login: string, password: string): Promise<Outcome>;
  /** Presents whichever of the two tokens the document wants presented. */
  refresh(tokens: Tokens): Promise<Outcome>;
  /** Asks the service for its verdict on an access token. */
  check(access: string): Promise<Checked>;
  /** Some call that demands an access token and changes nothing. */
  use(access: string): Promise<Outcome>;
  logOut(access: string): Promise<Outcome>;
}

/** What some documents offer and others do not. */
export interface OptionalOperations {
  readonly profile: Offered<(access: string) => Promise<Profile>>;
  readonly changePassword: Offered<(access: string, current: string, next: string) => Promise<Outcome>>;
  readonly requestReset: Offered<(email: string) => Promise<Outcome>>;
  readonly confirmReset: Offered<(secret: string, next: string) => Promise<Outcome>>;
  /** By the secret of a mailed link. */
  readonly verifyEmail: Offered<(secret: string) => Promise<Outcome>>;
  readonly listSessions: Offered<
    (access: string, userId: number | string, query?: Record<string, string>) => Promise<SessionList>
  >;
  readonly endSession: Offered<(access: string, sessionId: string) => Promise<Outcome>>;
  readonly endSessions: Offered<
    (access: string, userId: number | string, query?: Record<string, string>) => Promise<Outcome>
  >;
  readonly health: Offered<() => Promise<Outcome>>;
}

export type Operation = keyof CommonOperations | keyof OptionalOperations;

/** Where the documents differ in what they promise, beyond how they spell it. */
export interface Facts {
  /** The status that an account has after registration. */
  readonly registers: 'PENDING' | 'ACTIVE';
  readonly registrationOpensSession: boolean;
  readonly refreshPresentsAccessToken: boolean;
  /** How a blocked account's right password is answered. */
  readonly blocked: 403 | 423;
  readonly wrongCurrentPassword?: 400 | 401;
}

/** What an exact answer is made from: who asked, and which tokens the answer (or, without any, the request) held. */
export interface Asked {
  readonly person: Person;
  readonly tokens: Tokens;
}

/** The status and the exact body that a document promises: every key, and no other. */
export type Documented = (asked: Asked) => readonly [status: number, body: unknown];

/** One contract's client: the scenarios speak to every contract through this, and know no paths, keys or statuses. */
export interface ContractClient extends CommonOperations, OptionalOperations {
  readonly id: string;
  readonly facts: Facts;
  /** The promised answer of each operation that the document offers. */
  readonly documented: { readonly [O in Operation]?: Documented };
  /** The exact body of a refusal, and its media type. */
  readonly refusal: { readonly mediaType: string; body(status: number): unknown };
  /** Every route that demands an access token. */
  readonly guarded: readonly (readonly [method: string, path: string])[];
  /** Any request below this contract's base. @param path as the document has it */
  request(
    method: string,
    path: string,
    sent?: { headers?: OutgoingHttpHeaders; body?: unknown },
  ): Promise<Answer>;
}

/** A client of a contract that offers these operations. */
export type Offering<Names extends keyof OptionalOperations> = Omit<ContractClient, Names> & {
  readonly [Name in Names]: Exclude<ContractClient[Name], NotOffered>;
};
