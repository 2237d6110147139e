import { randomBytes } from 'node:crypto';
import { type Answer, bearer, send } from './http.js';
import { type Service, startService } from './start-service.js';

export const CONTRACT_IDS = ['token', 'camel', 'channel', 'jsend', 'snake'] as const;
export type ContractId = (typeof CONTRACT_IDS)[number];

/** A pair of tokens of one live session. In `channel`, which has no refresh token, both are the access token. */
export interface OpenSession {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** An account with one session of each contract. */
export interface OpenAccount extends Readonly<Record<ContractId, OpenSession>> {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

export const PASSWORD = 'correct horse battery';

/** The headers that a contract demands of every request. */
export const demandedHeaders = (contract: ContractId): Record<string, string> =>
  contract === 'channel' ? { 'api-token': 'dev-api-token', channel: 'web' } : {};

/** Gives the answer's body. Throws with the whole answer where it is none of success. */
export function accepted({ status, text, json }: Answer): Answer['json'] {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return json;
}

/** A name that no other account has. */
export const freshName = (): string => `user-${randomBytes(6).toString('hex')}`;

/** Registers an account through `camel` and logs it in through the others too. */
export async function openAccount(service: Service): Promise<OpenAccount> {
  const username = freshName();
  const [email, password] = [`${username}@example.com`, PASSWORD];
  const post = async (contract: ContractId, path: string, body: object): Promise<Answer['json']> => {
    const headers = demandedHeaders(contract);
    return accepted(await send('POST', `${service.url}/${contract}${path}`, { headers, body }));
  };
  const camel = await post('camel', '/api/v1/auth/register', { username, email, password });
  const [token, channel, jsend, snake] = await Promise.all([
    post('token', '/v1/auth/token/fresh', { username, password }),
    post('channel', '/api/auth/login', { email, password }),
    post('jsend', '/api/auth/login', { email, password }),
    post('snake', '/api/auth/login', { email, password }),
  ]);
  return {
    id: camel.userId,
    username,
    email,
    password,
    token: { accessToken: token.access_token, refreshToken: token.refresh_token },
    camel: { accessToken: camel.accessToken, refreshToken: camel.refreshToken },
    channel: { accessToken: channel.data.token, refreshToken: channel.data.token },
    jsend: { accessToken: jsend.data.jwtToken, refreshToken: jsend.data.refreshToken },
    snake: { accessToken: snake.data.access_token, refreshToken: snake.data.refresh_token },
  };
}

/** What the account's mails say, newest first. */
async function mailedTexts(service: Service, email: string): Promise<string[]> {
  const url = `${service.url}/dev/mailbox?to=${encodeURIComponent(email)}`;
  const mails = accepted(await send('GET', url, { headers: { accept: 'application/json' } })) as {
    text: string;
  }[];
  return mails.map(({ text }) => text);
}

/** Takes the newest six-digit code out of the mailbox. */
export async function mailedCode(service: Service, email: string): Promise<string> {
  const codes = (await mailedTexts(service, email)).map((text) => /^\s*(\d{6})\b/m.exec(text)?.[1]);
  const code = codes.find(Boolean);
  if (!code) throw new Error(`no code was mailed to ${email}`);
  return code;
}

/** Asks for a reset link and takes its token out of the mailbox. */
export async function mailedResetToken(service: Service, email: string): Promise<string> {
  accepted(await send('POST', `${service.url}/camel/api/v1/auth/password-reset`, { body: { email } }));
  const texts = await mailedTexts(service, email);
  const token = texts.map((text) => /\?token=([\w-]+)/.exec(text)?.[1]).find(Boolean);
  if (!token) throw new Error(`no reset link was mailed to ${email}`);
  return token;
}

/** Whether a session's access token is valid now. */
export const isLive = async (service: Service, { accessToken }: OpenSession): Promise<boolean> =>
  (await send('PUT', `${service.url}/token/v1/auth/token/verify`, { headers: bearer(accessToken) }))
    .status === 200;

/**
 * An account of another installation: another database and other keys under the same issuer and audience. Its service
 * runs no longer; its tokens would be valid there.
 */
export async function accountElsewhere(): Promise<OpenAccount> {
  const elsewhere = await startService();
  try {
    const account = await openAccount(elsewhere);
    for (const contract of CONTRACT_IDS) {
      if (!(await isLive(elsewhere, account[contract]))) throw new Error('its own service refuses the token');
    }
    return account;
  } finally {
    await elsewhere.stop();
  }
}
