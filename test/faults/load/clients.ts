import { createHash } from 'node:crypto';
import { CamelClient } from '../../conformance/clients/camel.client.js';
import { ChannelClient } from '../../conformance/clients/channel.client.js';
import type { Outcome, Tokens } from '../../conformance/clients/contract-client.js';
import { JsendClient } from '../../conformance/clients/jsend.client.js';
import { SnakeClient } from '../../conformance/clients/snake.client.js';
import { TokenClient } from '../../conformance/clients/token.client.js';
import { claimsOf } from '../../conformance/support/claims.js';
import type { Grant } from '../log.js';

/** Every contract's client of one node. @param url asked at each call: a node that starts again has another port */
export const clientsOf = (url: () => string) => ({
  token: new TokenClient(url, 'prefix'),
  camel: new CamelClient(url, 'prefix'),
  channel: new ChannelClient(url, 'prefix'),
  jsend: new JsendClient(url, 'prefix'),
  snake: new SnakeClient(url, 'prefix'),
});

export type Clients = ReturnType<typeof clientsOf>;
export type ContractId = keyof Clients;

export const CONTRACTS: readonly ContractId[] = ['token', 'camel', 'channel', 'jsend', 'snake'];

/** A call that says whether an access token, of whatever contract, is accepted, and how the answer says so. */
export const VALIDATIONS: Readonly<
  Record<ContractId, (clients: Clients, access: string) => Promise<Outcome & { readonly valid: boolean }>>
> = {
  token: ({ token }, access) => used(token.identify(access), 200),
  camel: async ({ camel }, access) => {
    const outcome = await camel.identify(access);
    return { ...outcome, valid: outcome.body?.valid === true };
  },
  channel: ({ channel }, access) => used(channel.use(access), channel.facts.used),
  jsend: ({ jsend }, access) => used(jsend.use(access), jsend.facts.used),
  snake: ({ snake }, access) => used(snake.use(access), snake.facts.used),
};

async function used(asked: Promise<Outcome>, status: number): Promise<Outcome & { valid: boolean }> {
  const outcome = await asked;
  return { ...outcome, valid: outcome.status === status };
}

/** What a log calls a secret. */
export const nameOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url').slice(0, 12);

/** The secret that refreshes next: the same however often its token is signed. */
const refreshSecret = (by: 'jwt' | 'uuid' | 'access', { access, refresh }: Tokens): string =>
  by === 'uuid' ? refresh : claimsOf(by === 'access' ? access : refresh).jti;

/** The tokens of an answer, as the log names them. */
export function grantOf({ facts }: Clients[ContractId], tokens: Tokens): Grant {
  const { sid, gen } = claimsOf(tokens.access);
  return {
    session: sid,
    token: nameOf(tokens.access),
    generation: gen,
    refreshToken: nameOf(refreshSecret(facts.refreshBy, tokens)),
    rotates: facts.rotates,
    replacesAccess: facts.refreshBy === 'access',
  };
}
