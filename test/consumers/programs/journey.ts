/** Somebody with an account. */
export interface Person {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** The status of each step, in the order in which they were taken. */
export type Steps = Record<string, number>;

/**
 * What a stranger's front end does by a generated client.
 * @param url where the service listens, without a contract's prefix
 */
export type Journey = (url: string, person: Person) => Promise<Steps>;

export type Journeys = Record<'token' | 'camel' | 'channel' | 'jsend' | 'snake', Journey>;
