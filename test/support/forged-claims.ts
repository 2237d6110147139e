import { assemble, type Json } from './forge-token.js';
import type { Forge } from './forgeries.js';

type Changes = (claims: Json, now: number) => readonly (Json | string)[];

/** Signed by the service's own key over each of the changed payloads. */
const claims =
  (change: Changes): Forge =>
  ({ parts, signers, now }) =>
    change(parts.claims, now).map((changed) => assemble(parts.header, changed, signers.own));

const left =
  (name: string): Changes =>
  (c) => [Object.fromEntries(Object.entries(c).filter(([key]) => key !== name))];
const each =
  (name: string, ...values: unknown[]): Changes =>
  (c) =>
    values.map((value) => ({ ...c, [name]: value }));
/** A number that only JSON text can spell. */
const spelt =
  (name: string, ...texts: string[]): Changes =>
  (c) =>
    texts.map((text) => JSON.stringify({ ...c, [name]: '@@' }).replace('"@@"', text));
const all = (...changes: Changes[]): Forge => claims((c, now) => changes.flatMap((change) => change(c, now)));

const UUID = '00000000-0000-4000-8000-000000000000';

/** Payloads that the service's own key signed and that no token of either kind may have. */
export const ODD_CLAIMS: Record<string, Forge> = {
  'no exp': all(left('exp')),
  'exp beyond all numbers': all(spelt('exp', '1e999', '1e300', '9007199254740993')),
  'exp of another type': all((c) => [
    { ...c, exp: String(c['exp']) },
    { ...c, exp: [c['exp']] },
    { ...c, exp: (c['exp'] as number) + 0.5 },
    ...[null, true, {}, '', 'never'].map((exp) => ({ ...c, exp })),
  ]),
  'a negative exp': all(each('exp', -1, -4102444800)),
  'no iat': all(left('iat')),
  'iat of another type': all(each('iat', null, '1', true, -1, 1.5)),
  'iat ahead of every clock': all((c, now) => [35, 3600].map((ahead) => ({ ...c, iat: now + ahead }))),
  'nbf in the future': all((c, now) => [35, 3600].map((ahead) => ({ ...c, nbf: now + ahead }))),
  'nbf of another type': all(each('nbf', null, '1', true, -1, 1.5, [])),
  'no issuer': all(left('iss')),
  'another issuer': all((c) =>
    [`${String(c['iss'])}/`, 'http://localhost', '', 1, null, [c['iss']]].map((iss) => ({ ...c, iss })),
  ),
  'no audience': all(left('aud')),
  'another audience': all(each('aud', 'another', 'Gatehouse', '', 1, null)),
  'an array of audiences': all((c) => [[c['aud']], [c['aud'], 'another'], []].map((aud) => ({ ...c, aud }))),
  'no session': all(left('sid')),
  'an odd session': all((c) => [
    ...['', 'abc', `${String(c['sid'])} `, 1, null, [c['sid']], "' OR 1=1 --", '\0'].map((sid) => ({
      ...c,
      sid,
    })),
    { ...c, sid: String(c['sid']).replaceAll('-', '') },
  ]),
  'no token id': all(left('jti')),
  'an odd token id': all(each('jti', 1, null, [], {}, true)),
  'a payload that is no object': claims(() => ['[]', 'null', '1', '"text"', '{', '']),
};

/** Payloads that an access token may not have; a refresh token lacks these claims. */
export const ODD_ACCESS_CLAIMS: Record<string, Forge> = {
  'no subject': all(left('sub')),
  'an odd subject': all(each('sub', '', '1', 1, null, 'admin', [UUID])),
  'no user id': all(left('uid')),
  'an odd user id': all(
    each('uid', '1', 0, -1, 1.5, null, [1], true),
    spelt('uid', '1e999', '9007199254740993'),
  ),
  'no generation': all(left('gen')),
  'an odd generation': all(each('gen', '1', 0, -1, 1.5, null, [1]), spelt('gen', '1e999')),
  'no role': all(left('role')),
  'an unknown role': all(each('role', 'ROOT', 'admin', 'ROLE_ADMIN', '', null, ['ADMIN'])),
  'no username': all(left('username')),
  'an odd username': all(each('username', '', 1, null, [])),
  'no client': all(left('client_id')),
  'an odd client': all(each('client_id', '', 1, null, [])),
};

/** The other way round: what must be accepted, or the refusals above would prove nothing. */
export const GENUINE: Record<string, Forge> = {
  'the same claims, signed again': claims((c) => [c]),
  'a further claim': claims((c) => [{ ...c, note: 'x'.repeat(100) }]),
  'iat within the leeway': claims((c, now) => [{ ...c, iat: now + 20 }]),
  'nbf within the leeway': claims((c, now) => [{ ...c, nbf: now + 20 }]),
  'nbf in the past': claims((c) => [{ ...c, nbf: c['iat'] }]),
  'the other order of claims': claims((c) => [Object.fromEntries(Object.entries(c).reverse())]),
  'just below 8 KiB': claims((c) => [{ ...c, note: 'x'.repeat(5_000) }]),
};

/** Signed by the service's own key, and refused for nothing but its length. */
export const TOO_LONG: Record<string, Forge> = {
  'a token of 9 KB': claims((c) => [{ ...c, note: 'x'.repeat(6_500) }]),
};
