import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AuthError } from '@gatehouse/kernel';
import secureJson from 'secure-json-parse';
import { prefixOf } from './resolve-contract.js';

const FORM = 'application/x-www-form-urlencoded';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

type Done = (error: Error | null, body?: unknown) => void;

/** JSON in UTF-8 (RFC 8259 §8.1); `__proto__` and `constructor.prototype` are refused, wherever they stand. */
function parseJson(_request: FastifyRequest, bytes: Buffer, done: Done): void {
  if (bytes.length === 0) return done(null, undefined);
  let body: unknown;
  try {
    body = secureJson.parse(strictUtf8.decode(bytes), { protoAction: 'error', constructorAction: 'error' });
  } catch (error) {
    return done(new AuthError('request_malformed', { cause: error }));
  }
  if (isDeeperThan(DEPTH, body)) done(new AuthError('request_malformed'));
  else done(null, body);
}

/** Far deeper than any documented body; class-transformer's recursion overflows the stack at some thousands. */
const DEPTH = 32;

const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner)));

/** Clients send empty bodies under any media type (curl's `--data ''` says form); only a real one is unsupported. */
function refuseUnlessEmpty(_request: FastifyRequest, bytes: Buffer, done: Done): void {
  if (bytes.length === 0) done(null, undefined);
  else done(new AuthError('media_type_unsupported'));
}

/**
 * An HTML form (URL Standard §5.1) as an object of texts; of a field that is sent twice the last one counts. Stricter
 * than URLSearchParams, which turns what is no UTF-8 into U+FFFD: a password would then be another one than was typed.
 */
function parseForm(bytes: Buffer, done: Done): void {
  try {
    const pairs = strictUtf8.decode(bytes).split('&').filter(Boolean);
    done(null, Object.fromEntries(pairs.map(nameAndValue)));
  } catch (error) {
    done(new AuthError('request_malformed', { cause: error }));
  }
}

const nameAndValue = (pair: string): [name: string, value: string] => {
  const at = pair.indexOf('=');
  return at === -1 ? [fromForm(pair), ''] : [fromForm(pair.slice(0, at)), fromForm(pair.slice(at + 1))];
};

/** Throws URIError where the bytes are no UTF-8. */
const fromForm = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

/**
 * Replaces the framework's body parsers: JSON, and nothing else but the absence of a body.
 * @param formReaders ids of the contracts that read HTML forms too
 */
export function installBodyParsers(fastify: FastifyInstance, formReaders: ReadonlySet<string>): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, parseJson);
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, refuseUnlessEmpty);
  fastify.addContentTypeParser(FORM, { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    if (prefixOf(request.url, formReaders) === undefined) refuseUnlessEmpty(request, bytes, done);
    else parseForm(bytes, done);
  });
}
