import { loadConfig } from '@gatehouse/config';
import { type Contract, prefixOf, Problem, rewriteUrl, rootTable } from '@gatehouse/contract-kit';
import { CONTRACTS, ROOTS } from '@gatehouse/contracts';
import { pages } from '@gatehouse/pages';
import type { Answer } from '../http.js';
import type { Asked, Check } from './checked-services.js';
import { type DocumentedResponse, OpenApiDocument } from './documents.js';

/**
 * Sent with whatever answer and so not worth a word in each document: what HTTP itself needs, what browsers are told for
 * their own safety (docs/surface.md), and CORS.
 */
const COMMON = new Set([
  ...['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding'],
  ...['content-security-policy', 'referrer-policy', 'strict-transport-security', 'x-content-type-options'],
  ...['access-control-allow-origin', 'access-control-expose-headers', 'vary'],
]);

const documents = new Map<string, OpenApiDocument>();

/** One for the whole worker: compiling the schemas is what costs. */
function documentOf(name: string): OpenApiDocument {
  const known = documents.get(name);
  if (known) return known;
  const made = new OpenApiDocument(name);
  documents.set(name, made);
  return made;
}

/** An answer that its document does not know. */
export class UndocumentedAnswer extends Error {
  override readonly name = 'UndocumentedAnswer';

  constructor({ method, target }: Asked, { status, text }: Answer, why: string) {
    super(`${method} ${target} was answered with ${status}, and ${why}: ${text.slice(0, 500)}`);
  }
}

/** Endpoints of the service's document that another mode or setting leaves out: there they are paths like any other. */
const isLeftOut = (
  pathname: string,
  development: boolean,
  metricsPort = development ? 'public' : undefined,
): boolean =>
  pathname.startsWith('/dev/') ? !development : pathname === '/metrics' && metricsPort !== 'public';

/** @param env the settings of the service: they say which contract a root path means, and what there is */
export function documentCheck(env: Readonly<Record<string, string | undefined>>): Check {
  const { GATEHOUSE_MODE: mode, DEFAULT_CONTRACT, METRICS_PORT } = env;
  const development = mode === 'development';
  const { CONTRACT_HOSTS = development ? undefined : '' } = env;
  const { contracts } = loadConfig(
    { GATEHOUSE_MODE: 'development', CONTRACT_HOSTS, DEFAULT_CONTRACT },
    ROOTS.map(({ id }) => id),
  );
  const table = rootTable([...ROOTS, pages.root], contracts);
  return (asked, answer) => {
    const url = rewriteUrl(asked.target, asked.headers, table);
    const prefix = prefixOf(url, table.ids);
    // people read pages: they have no document
    if (prefix === pages.id) return;
    const [pathname = ''] = url.slice(prefix === undefined ? 0 : prefix.length + 1).split('?');
    const why =
      prefix === undefined && isLeftOut(pathname, development, METRICS_PORT)
        ? refusalFault(undefined, asked, answer)
        : faultOf(prefix, pathname, asked, answer);
    if (why !== undefined) throw new UndocumentedAnswer(asked, answer, why);
  };
}

function faultOf(
  prefix: string | undefined,
  pathname: string,
  asked: Asked,
  answer: Answer,
): string | undefined {
  // a preflight is CORS's, and of no operation
  if (asked.method === 'OPTIONS' && answer.status === 204) return undefined;
  // Node itself could not read the request as HTTP, so that nobody knows what it was about; one without Host gets no word.
  if (answer.headers['x-request-id'] === undefined)
    return answer.status === 400 && answer.text === '' ? undefined : refusalFault(undefined, asked, answer);
  if (prefix === undefined && /^\/swagger(\/|$|-)/.test(pathname)) return undefined;
  const document = documentOf(prefix ?? 'service');
  const operation = document.operation(asked.method === 'HEAD' ? 'GET' : asked.method, pathname);
  if (!operation) return refusalFault(contractOf(prefix), asked, answer);
  const response = document.response(operation, answer.status);
  if (!response) return `${operation.operationId} does not document this status`;
  return headerFault(document, response, answer) ?? bodyFault(document, response, asked, answer);
}

const contractOf = (id: string | undefined): Contract | undefined =>
  CONTRACTS.find((contract) => contract.id === id);

function headerFault(
  document: OpenApiDocument,
  response: DocumentedResponse,
  { headers }: Answer,
): string | undefined {
  const documented = new Map(document.headersOf(response));
  for (const name of Object.keys(headers))
    if (headers[name] !== undefined && !COMMON.has(name) && !documented.has(name))
      return `the header ${name} is not documented`;
  for (const [name, { required, schema }] of documented) {
    const value = headers[name];
    if (value === undefined && required) return `the header ${name} is missing`;
    const numeric = (schema as { type?: string }).type === 'integer';
    const fault = value === undefined ? undefined : document.fault(schema, numeric ? Number(value) : value);
    if (fault !== undefined) return `the header ${name} is not as documented: ${fault}`;
  }
  return undefined;
}

const mediaTypeOf = ({ headers }: Answer): string =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

function bodyFault(
  document: OpenApiDocument,
  { content }: DocumentedResponse,
  { method }: Asked,
  answer: Answer,
): string | undefined {
  if (method === 'HEAD') return undefined;
  if (!content) return answer.text === '' ? undefined : 'its body is not documented';
  const type = mediaTypeOf(answer);
  const schema = content[type]?.schema;
  if (!schema) return `its media type ${type} is not documented`;
  return document.fault(schema, type.endsWith('json') ? answer.json : answer.text);
}

/** How refusals look on paths of no contract, and where it is not known which contract was meant. */
const NONE = { contentType: 'application/problem+json', shape: Problem };

const refusalSchemas = new Map<Contract | undefined, object>();

/** Of a refusal where no operation was meant: it is in the format of the contract that the path belongs to. */
function refusalFault(contract: Contract | undefined, { method }: Asked, answer: Answer): string | undefined {
  if (answer.status < 400) return 'no operation has this method and path';
  const { contentType, shape = Problem } = contract?.errors ?? NONE;
  if (mediaTypeOf(answer) !== contentType.split(';')[0]) return `refusals are ${contentType} here`;
  if (method === 'HEAD') return undefined;
  const schema = refusalSchemas.get(contract) ?? shape.schema({});
  refusalSchemas.set(contract, schema);
  return documentOf(contract?.id ?? 'service').fault(schema, answer.json);
}
