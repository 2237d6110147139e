import { freshName } from './open-account.js';
import { type Answer, bearer, send } from './http.js';
import type { Service } from './start-service.js';

const DEVELOPMENT_CLIENT = { 'api-token': 'dev-api-token', channel: 'web' };

/** Somebody who uses the service through `channel`, whose mails have links. */
export interface ChannelUser {
  readonly email: string;
  readonly password: string;
  /** The access token of the registration's session. */
  readonly token: string;
}

/** @param headers beside or instead of those of development's own client application */
export const askChannel = (
  service: Service,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  send('POST', `${service.url}/channel/api/auth/${path}`, {
    headers: { ...DEVELOPMENT_CLIENT, ...headers },
    body,
  });

/** Registers through `channel`; a mail with link and code is then in the mailbox. */
export async function channelUser(
  service: Service,
  {
    email = `${freshName()}@example.com`,
    headers = {},
  }: { email?: string; headers?: Record<string, string> } = {},
): Promise<ChannelUser> {
  const password = 'the first password';
  const person = { firstName: 'Ada', lastName: 'Lovelace', password, passwordConfirmation: password };
  const answer = await askChannel(service, 'register', { ...person, email }, headers);
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return { email, password, token: answer.json.data.token };
}

/** The status of a login by a password. */
export const logInStatus = async (service: Service, email: string, password: string): Promise<number> =>
  (await askChannel(service, 'login', { email, password })).status;

/** The account's status as a login shows it. */
export async function accountStatus(service: Service, { email, password }: ChannelUser): Promise<string> {
  return (await askChannel(service, 'login', { email, password })).json.data.user.status;
}

/** Whether an access token is accepted now. */
export const isAccepted = async (service: Service, token: string): Promise<boolean> =>
  (await send('PUT', `${service.url}/v1/auth/token/verify`, { headers: bearer(token) })).status === 200;

/** The mails to an address, newest first. */
export async function mailsTo(
  service: Service,
  email: string,
): Promise<{ subject: string; text: string; html: string }[]> {
  const url = `${service.url}/dev/mailbox?to=${encodeURIComponent(email)}`;
  return (await send('GET', url, { headers: { accept: 'application/json' } })).json;
}

/** The link in the newest mail to an address. */
export async function mailedLink(service: Service, email: string): Promise<string> {
  const [link] = /https?:\/\/\S+/.exec((await mailsTo(service, email))[0]?.text ?? '') ?? [];
  if (!link) throw new Error(`no link was mailed to ${email}`);
  return link;
}
