import { randomUUID } from 'node:crypto';
import { type Answer, bearer, send } from './http.js';
import type { Service } from './start-service.js';

export const PASSWORD = 'correct horse battery';

/** An account with one session, opened through the contract `camel`. */
export interface Person {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly access: string;
  readonly refresh: string;
}

/** What two contracts call the same acts, so that a race runs through both. */
export interface Dialect {
  readonly name: 'camel' | 'token';
  readonly login: (url: string, username: string, password?: string) => Promise<Answer>;
  readonly refresh: (url: string, tokens: Tokens) => Promise<Answer>;
  readonly logout: (url: string, access: string) => Promise<Answer>;
  readonly register: (url: string, account: { username: string; email: string }) => Promise<Answer>;
  readonly tokensOf: (answer: Answer) => Tokens;
}

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

export const camel: Dialect = {
  name: 'camel',
  login: (url, username, password = PASSWORD) =>
    send('POST', `${url}/camel/api/v1/auth/login`, { body: { username, password } }),
  refresh: (url, { refresh }) =>
    send('POST', `${url}/camel/api/v1/auth/refresh`, { body: { refreshToken: refresh } }),
  logout: (url, access) => send('POST', `${url}/camel/api/v1/auth/logout`, { headers: bearer(access) }),
  register: (url, account) =>
    send('POST', `${url}/camel/api/v1/auth/register`, { body: { ...account, password: PASSWORD } }),
  tokensOf: ({ json }) => ({ access: json.accessToken, refresh: json.refreshToken }),
};

export const token: Dialect = {
  name: 'token',
  login: (url, username, password = PASSWORD) =>
    send('POST', `${url}/token/v1/auth/token/fresh`, { body: { username, password } }),
  refresh: (url, { access, refresh }) =>
    send('POST', `${url}/token/v1/auth/token/refresh`, {
      headers: bearer(access),
      body: { type: 'refresh', token: refresh },
    }),
  logout: (url, access) => send('PUT', `${url}/token/v1/auth/token/revoke`, { headers: bearer(access) }),
  register: (url, account) =>
    send('POST', `${url}/token/v1/auth/token/register`, {
      body: { ...account, password: PASSWORD, password_confirm: PASSWORD },
    }),
  tokensOf: ({ json }) => ({ access: json.access_token, refresh: json.refresh_token }),
};

export const DIALECTS: readonly Dialect[] = [camel, token];

/** A name that no other test uses. */
export const freshName = (): string => `u${randomUUID().slice(0, 13)}`;

export async function newPerson(service: Service, username = freshName()): Promise<Person> {
  const email = `${username}@example.com`;
  const answer = await camel.register(service.url, { username, email });
  if (answer.status !== 201) throw new Error(`registration answered ${answer.status}: ${answer.text}`);
  return { id: answer.json.userId, username, email, ...camel.tokensOf(answer) };
}

/** The claims of a JWT, unverified. */
export function claimsOf(jwt: string): { sid: string; jti: string; gen: number; iat: number; exp: number } {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
}

/** Whether the access token is accepted, by a route that demands one. */
export async function isAlive(url: string, access: string): Promise<boolean> {
  const { status } = await send('GET', `${url}/camel/api/v1/auth/profile`, { headers: bearer(access) });
  if (status !== 200 && status !== 401) throw new Error(`the profile answered ${status}`);
  return status === 200;
}

/** Starts `count` of them at once. */
export const atOnce = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** How often each status was answered. */
export function tally(answers: readonly Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

export interface ShownMail {
  readonly subject: string;
  readonly text: string;
}

/** The mails to an address, newest first. */
export async function mailsTo(service: Service, email: string): Promise<ShownMail[]> {
  const { json } = await send('GET', `${service.url}/dev/mailbox?to=${encodeURIComponent(email)}`, {
    headers: { accept: 'application/json' },
  });
  return json;
}
