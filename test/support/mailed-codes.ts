import type { FastifyInstance } from 'fastify';
import { Clients } from '@gatehouse/clients';
import { type Answer, bearer, send } from './http.js';
import { askChannel, mailsTo } from './channel-user.js';
import { freshName } from './open-account.js';
import type { Service } from './start-service.js';

/** What one verification mail carries. */
export interface MailedProof {
  /** Undefined where the account has had its codes for today. */
  readonly code: string | undefined;
  /** The path of camel's link, with its token. */
  readonly link: string;
}

const proofIn = (text: string): MailedProof => {
  const codes = text.match(/(?<![\w-])\d{6}(?![\w-])/g) ?? [];
  const [link] = /\/api\/v1\/auth\/verify-email\/[\w-]+/.exec(text) ?? [];
  if (codes.length > 1 || !link) throw new Error(`not one code and one link: ${text}`);
  return { code: codes[0], link };
};

/** The verification mails to an address, newest first. */
export async function mailedProofs(service: Service, email: string): Promise<MailedProof[]> {
  const mails = await mailsTo(service, email);
  return mails.filter(({ subject }) => subject.includes('Verify')).map(({ text }) => proofIn(text));
}

/** The code of the newest verification mail to an address. */
export async function mailedCode(service: Service, email: string): Promise<string> {
  const [newest] = await mailedProofs(service, email);
  if (!newest?.code) throw new Error(`no code was mailed to ${email}`);
  return newest.code;
}

/** A code that is none of these. */
export const wrongCode = (...right: string[]): string => {
  let code = 0;
  while (right.includes(String(code).padStart(6, '0'))) code++;
  return String(code).padStart(6, '0');
};

export interface Entry {
  readonly email?: string;
  /** A Bearer token. */
  readonly token?: string;
  /** An application's headers, instead of development's. */
  readonly headers?: Record<string, string>;
}

/** Enters a code as channel's clients do; without `email` and `token` no account is named. */
export const enterCode = (
  service: Service,
  code: string,
  { email, token, headers = {} }: Entry = {},
): Promise<Answer> =>
  askChannel(
    service,
    'verify-email',
    { verificationCode: code, ...(email !== undefined && { email }) },
    { ...headers, ...(token !== undefined && bearer(token)) },
  );

export const resendCode = (service: Service, { email, token, headers = {} }: Entry): Promise<Answer> =>
  askChannel(
    service,
    'resend-verification',
    { ...(email !== undefined && { email }) },
    { ...headers, ...(token !== undefined && bearer(token)) },
  );

/** Follows camel's link. */
export const followLink = (service: Service, link: string): Promise<Answer> =>
  send('GET', `${service.url}/camel${link}`);

/** The headers of a new client application, on the channel `web`. */
export async function newApplication(
  service: Service,
  links: { verifyEmailUrl?: string; passwordResetUrl?: string } = {},
): Promise<{ 'api-token': string; channel: string }> {
  const client = { name: freshName(), kind: 'public', channels: ['web'], scopes: [], ...links } as const;
  const { secret } = await service.nest.get(Clients, { strict: false }).create(client);
  return { 'api-token': secret, channel: 'web' };
}

/** Asks `channel` as if from another address, of whatever family. */
export async function askFrom(
  address: string,
  service: Service,
  path: string,
  body: object,
): Promise<{ status: number; json: unknown }> {
  const fastify = service.nest.getHttpAdapter().getInstance() as FastifyInstance;
  const answer = await fastify.inject({
    method: 'POST',
    url: `/channel/api/auth/${path}`,
    remoteAddress: address,
    headers: { 'api-token': 'dev-api-token', channel: 'web' },
    payload: body,
  });
  return { status: answer.statusCode, json: answer.json() };
}

/** The account's codes as they are stored, oldest first. */
export const storedCodes = (
  service: Service,
  email: string,
): Promise<{ wrong_tries: number; used: boolean; voided: boolean; hash: Buffer }[]> =>
  service.database.query(
    `SELECT c.wrong_tries, c.used_at IS NOT NULL AS used, c.voided_at IS NOT NULL AS voided, c.hash
     FROM one_time_codes c JOIN users u ON u.id = c.user_id WHERE u.email = $1 ORDER BY c.id`,
    [email],
  );

/** How often the account's newest code was missed. */
export const missesOf = async (service: Service, email: string): Promise<number | undefined> =>
  (await storedCodes(service, email)).at(-1)?.wrong_tries;

/** What is on file about the account's address. */
export async function addressState(
  service: Service,
  email: string,
): Promise<{ status: string; verified: boolean } | undefined> {
  const [row] = await service.database.query<{ status: string; verified: boolean }>(
    'SELECT status, email_verified_at IS NOT NULL AS verified FROM users WHERE email = $1',
    [email],
  );
  return row;
}

export const PENDING = { status: 'PENDING', verified: false };
export const ACTIVE = { status: 'ACTIVE', verified: true };
