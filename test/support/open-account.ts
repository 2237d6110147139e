import { randomBytes } from 'node:crypto';
import { type Answer, bearer, send } from './http.js';
import { type Service, startService } from './start-service.js';

/** A pair of tokens of one live session. */
export interface OpenSession {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** An account with one session of each contract. */
export interface OpenAccount {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly token: OpenSession;
  readonly camel: OpenSession;
}

const PASSWORD = 'correct horse battery';

/** Gives the answer's body. Throws with the whole answer where it is none of success. */
export function accepted({ status, text, json }: Answer): Answer['json'] {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return json;
}

/** A name that no other account has. */
export const freshName = (): string => `user-${randomBytes(6).toString('hex')}`;

/** Registers an account through `camel` and logs it in through `token` too. */
export async function openAccount(service: Service): Promise<OpenAccount> {
  const username = freshName();
  const [email, password] = [`${username}@example.com`, PASSWORD];
  const url = `${service.url}/camel/api/v1/auth/register`;
  const camel = accepted(await send('POST', url, { body: { username, email, password } }));
  const fresh = `${service.url}/token/v1/auth/token/fresh`;
  const token = accepted(await send('POST', fresh, { body: { username, password } }));
  return {
    id: camel.userId,
    username,
    email,
    password,
    camel: { accessToken: camel.accessToken, refreshToken: camel.refreshToken },
    token: { accessToken: token.access_token, refreshToken: token.refresh_token },
  };
}

/** Asks for a reset link and takes its token out of the mailbox. */
export async function mailedResetToken(service: Service, email: string): Promise<string> {
  accepted(await send('POST', `${service.url}/camel/api/v1/auth/password-reset`, { body: { email } }));
  const url = `${service.url}/dev/mailbox?to=${encodeURIComponent(email)}`;
  const mails = accepted(await send('GET', url, { headers: { accept: 'application/json' } })) as {
    text: string;
  }[];
  const token = mails.map(({ text }) => /\?token=([\w-]+)/.exec(text)?.[1]).find(Boolean);
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
    for (const session of [account.token, account.camel]) {
      if (!(await isLive(elsewhere, session))) throw new Error('its own service refuses the token');
    }
    return account;
  } finally {
    await elsewhere.stop();
  }
}
