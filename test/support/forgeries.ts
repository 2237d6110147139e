import { assemble, type Json, otherSpellings, type Parts, type Signers } from './forge-token.js';

/** What a forger has: a genuine token, its parts, and whoever might sign. */
export interface Material {
  readonly token: string;
  readonly parts: Parts;
  readonly signers: Signers;
  /** The moment of the forgery, in seconds. */
  readonly now: number;
}

export type Forge = (material: Material) => string | readonly string[];

const without = (object: Json, name: string): Json =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

const swapped = (text: string, from: number, character: string): string =>
  text.slice(0, from) + character + text.slice(from + 1);

const segment = (token: string, index: number, change: (part: string) => string): string =>
  token
    .split('.')
    .map((part, i) => (i === index ? change(part) : part))
    .join('.');

const otherLetter = (letter: string | undefined): string => (letter === 'A' ? 'Q' : 'A');
const middleChanged = (part: string): string => swapped(part, 10, otherLetter(part[10]));

/** Signed by the service's own key over a changed header. */
const header =
  (change: (header: Json, material: Material) => Json | string): Forge =>
  (material) =>
    assemble(change(material.parts.header, material), material.parts.claims, material.signers.own);

/** Signed by somebody else, or in another way, over the genuine claims. */
const signedBy =
  (alg: string, who: keyof Omit<Signers, 'strangerJwk'>): Forge =>
  ({ parts, signers }) =>
    assemble({ ...parts.header, alg }, parts.claims, signers[who]);

/** Tokens whose bytes were tampered with: what no signature is needed for. */
export const TAMPERED: Record<string, Forge> = {
  'a changed payload': ({ token }) => segment(token, 1, middleChanged),
  'a changed header': ({ token }) => segment(token, 0, middleChanged),
  'a changed signature': ({ token }) => segment(token, 2, middleChanged),
  'changed claims under the old signature': ({ parts: { header, claims, signature } }) =>
    assemble(header, { ...claims, gen: 2, uid: 1, role: 'ADMIN' }, () => Buffer.from(signature, 'base64url')),
  'another spelling of the signature': ({ token }) => otherSpellings(token),
  'padding behind the signature': ({ token }) => [`${token}=`, `${token}==`],
  'padding behind every segment': ({ token }) => token.split('.').join('==.'),
  'blanks inside': ({ token }) =>
    [0, 1, 2].map((i) => segment(token, i, (part) => `${part.slice(0, 5)} ${part.slice(5)}`)),
  'a tab inside': ({ token }) => segment(token, 2, (part) => `${part.slice(0, 5)}\t${part.slice(5)}`),
  'a foreign character inside': ({ token }) =>
    segment(token, 2, (part) => `${part.slice(0, 5)}!${part.slice(5)}`),
  'the alphabet of plain base64': ({ parts, signers }) => {
    // ECDSA signs differently each time: until one has a character in which the alphabets differ.
    for (;;) {
      const token = assemble(parts.header, parts.claims, signers.own);
      const plain = segment(token, 2, (part) => part.replaceAll('-', '+').replaceAll('_', '/'));
      if (plain !== token) return plain;
    }
  },
  'the signature cut short': ({ token }) => token.slice(0, -4),
  'no signature': ({ token }) => [
    token.slice(0, token.lastIndexOf('.') + 1),
    token.slice(0, token.lastIndexOf('.')),
  ],
  'no header': ({ token }) => token.slice(token.indexOf('.')),
  'a fourth segment': ({ token }) => [`${token}.`, `${token}.e30`, `.${token}`],
  'five segments (JWE)': ({ token }) => `${token}.AAAA.AAAA`,
  'a token twice': ({ token }) => [
    token + token,
    `${token}.${token}`,
    `${token},${token}`,
    `${token} ${token}`,
  ],
  'quotes around it': ({ token }) => `"${token}"`,
  'JWS in flattened JSON': ({ token }) => {
    const [protectedHeader, payload, signature] = token.split('.');
    return JSON.stringify({ protected: protectedHeader, payload, signature });
  },
  'JWS in general JSON': ({ token }) => {
    const [protectedHeader, payload, signature] = token.split('.');
    return JSON.stringify({ payload, signatures: [{ protected: protectedHeader, signature }] });
  },
};

/** Tokens that somebody other than the service signed, or nobody. */
export const WRONGLY_SIGNED: Record<string, Forge> = {
  'alg none, unsigned': ({ parts, signers }) =>
    ['none', 'None', 'NONE'].map((alg) => assemble({ ...parts.header, alg }, parts.claims, signers.nobody)),
  'alg none with the genuine signature': ({ parts }) =>
    assemble({ ...parts.header, alg: 'none' }, parts.claims, () => Buffer.from(parts.signature, 'base64url')),
  'HS256 with the public key (PEM) as the secret': signedBy('HS256', 'secretIsPem'),
  'HS256 with the public key (JWK) as the secret': signedBy('HS256', 'secretIsJwk'),
  'HS256 with the public key (DER) as the secret': signedBy('HS256', 'secretIsDer'),
  'HS256 with an empty secret': signedBy('HS256', 'secretIsEmpty'),
  'ES256 claimed, HS256 made': signedBy('ES256', 'secretIsPem'),
  'a stranger under our key id': signedBy('ES256', 'stranger'),
  'a stranger under an unknown key id': ({ parts, signers }) =>
    assemble({ ...parts.header, kid: 'unknown' }, parts.claims, signers.stranger),
  'a signature of zeros': signedBy('ES256', 'zeros'),
  'a signature of noise': signedBy('ES256', 'noise'),
  'the key in the header (jwk)': ({ parts, signers }) =>
    assemble({ ...parts.header, jwk: signers.strangerJwk }, parts.claims, signers.stranger),
};

/** Tokens that the service's own key signed, under a header that it never writes. */
export const ODD_HEADER: Record<string, Forge> = {
  'an unknown key id': header((h) => ({ ...h, kid: 'unknown' })),
  'a key id that is a path': header((h) => ({ ...h, kid: '../../../../dev/null' })),
  'a key id that is SQL': header((h) => ({ ...h, kid: "' OR '1'='1" })),
  'a key id with U+0000': header((h) => ({ ...h, kid: `${String(h['kid'])}\0` })),
  'a key id with a lone surrogate': header((h) =>
    JSON.stringify({ ...h, kid: 'K' }).replace('"K"', '"\\ud800"'),
  ),
  'a key id that is a number': header((h) => ({ ...h, kid: 1 })),
  'a key id that is __proto__': header((h) => ({ ...h, kid: '__proto__' })),
  'no key id': header((h) => without(h, 'kid')),
  'another algorithm named': ({ parts, signers }) =>
    ['ES384', 'ES512', 'RS256', 'HS256', 'PS256', 'EdDSA', 'es256', ''].map((alg) =>
      assemble({ ...parts.header, alg }, parts.claims, signers.own),
    ),
  'no algorithm': header((h) => without(h, 'alg')),
  crit: header((h) => ({ ...h, crit: ['exp'] })),
  'an empty crit': header((h) => ({ ...h, crit: [] })),
  'b64: false': header((h) => ({ ...h, b64: false, crit: ['b64'] })),
  'our own jwk': header((h, { signers }) => ({ ...h, jwk: signers.strangerJwk })),
  jku: header((h) => ({ ...h, jku: 'https://attacker.example/jwks.json' })),
  x5u: header((h) => ({ ...h, x5u: 'https://attacker.example/chain.pem' })),
  x5c: header((h) => ({ ...h, x5c: ['MIIB'] })),
  zip: header((h) => ({ ...h, zip: 'DEF' })),
  cty: header((h) => ({ ...h, cty: 'JWT' })),
  'another type': ({ parts, signers }) =>
    ['JWT', 'AT+JWT', 'RT+JWT', 'application/at+jwt', 'application/rt+jwt', 'at+JWT', ''].map((typ) =>
      assemble({ ...parts.header, typ }, parts.claims, signers.own),
    ),
  'the type of the other kind of token': header((h) => ({
    ...h,
    typ: h['typ'] === 'at+jwt' ? 'rt+jwt' : 'at+jwt',
  })),
  'no type': header((h) => without(h, 'typ')),
  'a type that is an array': header((h) => ({ ...h, typ: [h['typ']] })),
  'a header that is an array': header(() => '[]'),
  'a header that is no JSON': header(() => '{'),
  'a header that is null': header(() => 'null'),
};
