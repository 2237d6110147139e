import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Answer } from '../../support/http.js';

/** Somebody with an account, as the contracts show them. */
export interface Person {
  /** The e-mail address where the account has no username. */
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly status: 'PENDING' | 'ACTIVE';
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly image: { readonly name: string; readonly link: string } | null;
}

/** What a session's holder keeps; empty strings where an answer held none. */
export interface Tokens {
  readonly access: string;
  /** What refreshes the session: the access token itself where the document has it so. */
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
}

/** Whose a token is: as much of it as a document shows. */
export interface Holder {
  readonly userId?: number;
  readonly uuid?: string;
  readonly username?: string;
  readonly email?: string;
  readonly role: 'USER' | 'ADMIN';
}

export interface Identified extends Outcome {
  readonly holder: Holder;
}

export interface ListedSession {
  readonly id: string;
  readonly contract: string;
  readonly channel: string | null;
  readonly current: boolean;
  readonly ended: boolean;
}

export interface SessionList extends Outcome {
  readonly sessions: readonly ListedSession[];
}

export interface Profile extends Outcome {
  /** Where the document shows it. */
  readonly accountStatus?: string;
}

/** What proves that an address is somebody's: the contents of a mail that was sent there. */
export interface Proof {
  readonly link: string;
  readonly code: string;
  /** Sent along where the document has room for it. */
  readonly email?: string;
}

/** Left out: stays as it is; null: is cleared. */
export interface ProfileChanges {
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly imageLink?: string | null;
}

/** Something that a document lacks, said aloud, with a route at which it would be if the document had it. */
export class NotOffered {
  constructor(
    readonly reason: string,
    readonly route: readonly [method: string, path: string],
  ) {}
}

/** @param about the document @param base below which the routes that it lacks would be */
export const lackingIn =
  (about: string, base: string) =>
  (what: string, method: string, path: string): NotOffered =>
    new NotOffered(`${about} documents ${what}`, [method, `${base}/${path}`]);

export type Offered<Operation> = Operation | NotOffered;

/** What every document offers. */
export interface CommonOperations {
  register(person: Person): Promise<Outcome>;
  /** @param login a username or an e-mail address */
  logIn(login: string, password: string): Promise<Outcome>;
  /** Presents whichever of the two tokens the document wants presented. */
  refresh(tokens: Tokens): Promise<Outcome>;
  /** The service's verdict on an access token. */
  check(access: string): Promise<Checked>;
  /** Some call that takes an access token and changes nothing; `facts.used` is its status. */
  use(access: string): Promise<Outcome>;
  logOut(access: string): Promise<Outcome>;
}

/** What some documents offer and others do not. */
export interface OptionalOperations {
  readonly identify: Offered<(access: string) => Promise<Identified>>;
  readonly profile: Offered<(access: string) => Promise<Profile>>;
  readonly updateProfile: Offered<(access: string, changes: ProfileChanges) => Promise<Outcome>>;
  readonly changePassword: Offered<(access: string, current: string, next: string) => Promise<Outcome>>;
  /** Sets a password on the strength of a session alone. */
  readonly resetBySession: Offered<(access: string, next: string) => Promise<Outcome>>;
  readonly requestReset: Offered<(email: string) => Promise<Outcome>>;
  readonly confirmReset: Offered<(secret: string, next: string) => Promise<Outcome>>;
  /** By the mailed link or by the mailed code, whichever the document has: see `facts.verifiesBy`. */
  readonly verifyEmail: Offered<(proof: Proof) => Promise<Outcome>>;
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
  /** How a registration is answered. */
  readonly registered: 200 | 201;
  /** The status that an account has after registration. */
  readonly registers: 'PENDING' | 'ACTIVE';
  readonly registrationOpensSession: boolean;
  /** Whether its accounts have usernames; without one an account is known by its e-mail address. */
  readonly hasUsernames: boolean;
  /** Whether its registration stores names of a person. */
  readonly storesNames: boolean;
  /** What carries a session's refresh secret: a JWT, a bare UUID, or the access token itself. */
  readonly refreshBy: 'jwt' | 'uuid' | 'access';
  /** Whether a refresh replaces what refreshes; else that is echoed, and good for the session's whole life. */
  readonly rotates: boolean;
  /** Whether a refresh presents an access token beside the refresh token. */
  readonly refreshPresentsBoth: boolean;
  /** The channel that its sessions are listed with. */
  readonly channel: 'web' | null;
  /** Whether its profile, where it has one, shows the account's status. */
  readonly showsStatus?: boolean;
  /** How `use` is answered. */
  readonly used: 200 | 400;
  /** How a blocked account's right password is answered. */
  readonly blocked: 403 | 423;
  readonly wrongCurrentPassword?: 400 | 401;
  /** How a request for a reset is answered whose address has no account. */
  readonly resetOfUnknown?: 200 | 404;
  readonly verifiesBy?: 'link' | 'code';
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
  /** The promised answer of each operation that the document offers and whose answer it shows. */
  readonly documented: { readonly [O in Operation]?: Documented };
  /** The exact body of a refusal, and its media type. @param answered for what a document adds to some of them */
  readonly refusal: { readonly mediaType: string; body(status: number, answered: Answer['json']): unknown };
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
